"""The catalog: programs, institutions and specialties as values, and the facts they state."""
