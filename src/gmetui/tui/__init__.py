"""The explorer: the Textual application, and the only place that imports textual."""
