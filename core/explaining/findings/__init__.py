"""What two arrays alone tell of how they differ, one detector a file. See `core.explaining.findings.table`."""
