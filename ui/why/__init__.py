"""What the Why page is made of."""
