"""A bare Streamlit page with one Plotly chart: what a first page costs at the least."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

st.plotly_chart(go.Figure(go.Bar(x=[1, 2, 3, 4], y=[4, 2, 3, 1])))
