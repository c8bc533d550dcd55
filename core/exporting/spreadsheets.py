"""Cells of CSV files that people open in a spreadsheet."""


def shielded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: a file's name may begin with =."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text
