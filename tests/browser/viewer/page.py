"""A page with nothing but the viewer; the query chooses the pictures. Served by `serve.py`."""

import streamlit as st

from tests.browser.viewer.pictures import PAIRS
from ui import theme
from ui.sessions import session_id
from ui.viewer import Side, viewer
from ui.viewer.session import STORE

st.set_page_config(layout="wide")
theme.apply()
pair = PAIRS[st.query_params.get("pair", "photograph")]()
other = PAIRS["photograph"]().a
b = other if st.checkbox("Another B") else pair.b
if st.button("Drop the pictures"):
    STORE.close(session_id())
seen = viewer(Side("A", "first", pair.a), Side("B", "second", b), level=pair.level, automatic_gains=pair.gains)
st.button("Run again")
st.text(f"pixel {seen.pixel}")
st.text(f"region {seen.region}")
st.text(f"mode {seen.settings.get('mode')}")
