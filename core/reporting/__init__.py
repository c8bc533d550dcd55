"""The parts of an audit's report. `core.report` is the door to this package."""
