"""A page with nothing but the viewer; the query chooses the pictures. Served by tests/browser/viewer_server.py."""

import streamlit as st

from tests.browser.viewer_pictures import PAIRS
from ui import theme
from ui.viewer import Side, viewer

st.set_page_config(layout="wide")
theme.apply()
pair = PAIRS[st.query_params.get("pair", "rgb")]()
seen = viewer(Side("A", "first", pair.a), Side("B", "second", pair.b), level=pair.level, automatic_gain=pair.gain)
st.button("Run again")
st.text(f"pixel {seen.pixel}")
st.text(f"region {seen.region}")
