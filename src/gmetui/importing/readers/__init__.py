"""Files to grids: open, decode and split any supported format."""
