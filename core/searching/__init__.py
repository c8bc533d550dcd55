"""Searching the catalogue for a recipe: the nearest in another library, or the one that made an array."""
