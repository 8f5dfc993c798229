"""Pages as values: what a program, an institution, a specialty or a comparison says, before anything draws it."""
