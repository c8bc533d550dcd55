"""Serves `page.py` as `app.py` serves the application."""

from pathlib import Path

import streamlit as st

from ui import serving

app = st.App(Path(__file__).with_name("page.py"), routes=serving.routes(), middleware=serving.middleware())
