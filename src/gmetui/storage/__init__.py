"""The user's files: where they are, how they are written atomically, and what they contain."""
