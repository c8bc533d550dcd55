"""What the pages are made of: state, caches, controls and panels. Streamlit ends here; the core knows nothing of it."""
