"""Adapters: one file a library, and the only place that imports them."""
