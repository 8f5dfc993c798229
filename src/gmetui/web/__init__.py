"""The explorer in a browser on this computer. The only package that imports textual-serve, an extra."""
