"""The server: `streamlit run app.py`."""

import streamlit as st

from ui.failure import show_failure
from ui.viewer.routes import viewer_routes
from ui.warming import lifespan

app = st.App("ui/main.py", routes=viewer_routes(), lifespan=lifespan, on_script_error=show_failure)
