"""What an export is made of: names, arrays, tables, plots and their README. `core.export` puts them together."""
