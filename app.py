"""The server: `streamlit run app.py`."""

import sys

import streamlit as st

from ui.configuration import configuration
from ui.setting import ConfigurationError

try:
    configuration()
except ConfigurationError as error:
    sys.exit(f"SamePixels does not start. {error}")

from ui.failure import show_failure
from ui.viewer.routes import viewer_routes
from ui.warming import lifespan

app = st.App("ui/main.py", routes=viewer_routes(), lifespan=lifespan, on_script_error=show_failure)
