"""Serves `page.py` as `app.py` serves the application."""

from pathlib import Path

import streamlit as st

from ui.viewer.routes import viewer_routes

app = st.App(Path(__file__).with_name("page.py"), routes=viewer_routes())
