"""The catalog: what the programs are, how data files are read and checked, and the facts they make."""
