"""The viewer: exact pixels of two pictures and of their difference, on a canvas."""

from ui.viewer.component import Region, Seen, Side, viewer

__all__ = ["Region", "Seen", "Side", "viewer"]
