"""Exports: a table of programs, and one writer for each file format."""
