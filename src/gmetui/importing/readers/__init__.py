"""Readers of foreign files: each format becomes rows of cells, bounded in size. `grids` chooses the reader."""
