"""The server: `streamlit run app.py`."""

import sys

import streamlit as st

from ui.configuration import configuration
from ui.setting import ConfigurationError

try:
    configuration()
except ConfigurationError as error:
    sys.exit(f"SamePixels does not start. {error}")

from ui import serving
from ui.failure import show_failure

app = st.App(
    "ui/main.py",
    routes=serving.routes(),
    middleware=serving.middleware(),
    lifespan=serving.lifespan,
    on_script_error=show_failure,
)
