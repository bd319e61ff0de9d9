"""Streamlit lives here: the frame, the page and its verbs, the reader, the server."""
