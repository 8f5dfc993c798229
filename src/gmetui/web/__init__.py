"""The explorer in a browser on this machine. The only place that imports textual-serve, an extra."""
