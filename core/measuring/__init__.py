"""Resizers measured by probes: matrices, the models that name them, and integer arithmetic. See `core.operator`."""
