"""What the Atlas page is made of."""
