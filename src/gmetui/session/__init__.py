"""What the application remembers while it runs: undo and navigation history. Pure values."""
