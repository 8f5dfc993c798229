"""What the app remembers: its last state, undo, and navigation history. Pure values."""
