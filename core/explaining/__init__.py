"""Who is to blame for a difference: shares, findings and advice. See `core.explain`."""
