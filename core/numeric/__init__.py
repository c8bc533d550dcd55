"""Numeric helpers that lean on cv2, numba or matplotlib, each imported on first use."""
