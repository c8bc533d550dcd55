"""The gate of continuous integration: checks that a settings file asks for, and baselines that outputs are held to."""
