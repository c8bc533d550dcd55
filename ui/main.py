"""What every page has: the navigation, the style sheet, and the libraries that are warmed up behind it."""

from pathlib import Path

import streamlit as st

from ui import theme
from ui.activity import ACTIVITY
from ui.warming import WARMING

PAGES = Path(__file__).parents[1] / "pages"

WARMING.start()
st.set_page_config(page_title="SamePixels", page_icon=str(Path(__file__).with_name("icon.png")), layout="wide")
page = st.navigation(
    [
        st.Page(PAGES / "compare.py", title="Compare", default=True),
        st.Page(PAGES / "why.py", title="Why"),
        st.Page(PAGES / "impact.py", title="Impact"),
        st.Page(PAGES / "corpus.py", title="Corpus"),
        st.Page(PAGES / "identify.py", title="Identify"),
        st.Page(PAGES / "atlas.py", title="Atlas"),
        st.Page(PAGES / "environment.py", title="Environment"),
    ],
    position="top",
)
st.logo(str(Path(__file__).with_name("logo.svg")))
theme.apply()
st.html(f'<h1 class="sp-spoken">{page.title}</h1>')
with ACTIVITY.under_way("page"):
    page.run()
WARMING.page_drawn()
