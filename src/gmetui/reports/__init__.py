"""Programs, institutions and specialties as documents, and their plain renderings."""
