"""A page that is under way until the server has been told to stop, and a little longer."""

import time

import streamlit as st

from ui.activity import ACTIVITY
from ui.stopping import STOPPING

with ACTIVITY.under_way("page"):
    st.write("begun")
    while not STOPPING.is_asked or st.query_params.get("for") == "ever":
        time.sleep(0.05)
    time.sleep(0.2)
    st.write("done")
