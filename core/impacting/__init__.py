"""What a difference does to a model's answers, on a picture and over a set: see `core.impact`."""
