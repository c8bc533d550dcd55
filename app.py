"""The server: `streamlit run app.py`."""

import streamlit as st

from ui.viewer.routes import viewer_routes
from ui.warming import lifespan

app = st.App("ui/main.py", routes=viewer_routes(), lifespan=lifespan)
