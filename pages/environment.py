"""What this machine has: libraries, versions, the JPEG library inside each, and what is missing."""

import streamlit as st

st.title("Environment")
