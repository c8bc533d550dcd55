"""Models whose answers are compared: the embedded one, and files of one's own. The only room that runs models."""
