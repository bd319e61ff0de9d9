"""The bench: what a filter click costs, beside the least that any Streamlit page costs on the same machine."""
