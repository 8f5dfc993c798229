"""Lists on their way out: one table of columns, one function a format, the same bytes for screen and command line."""
