"""Archives: one read-only file of many small parts, each of them read when it is looked at."""
