"""What the Identify page is made of."""
