"""A person's own files: where they live, how they are written whole or not at all, and what is in them."""
