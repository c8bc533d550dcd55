"""Serves `stopping_page.py` with the beginning and the end of the application's own server."""

from pathlib import Path

import streamlit as st

from ui import serving

app = st.App(Path(__file__).with_name("stopping_page.py"), lifespan=serving.lifespan)
