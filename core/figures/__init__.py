"""Plots of differences and of images, and plotly's figures of them."""
