"""What this machine has: libraries, versions, the JPEG library inside each, operations, and what is missing."""

import streamlit as st

from core.environment import environment
from ui.panels.libraries import environment_panel
from ui.waiting import rerun_when_tensorflow_is_ready

st.caption("What a result depends on beside the picture and the recipes. Reports and exports say it as well.")
environment_panel(environment(probe=True))
rerun_when_tensorflow_is_ready()
