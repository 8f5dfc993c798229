"""The places of the explorer and its dialogs. A screen owns what is asked and found; it reaches files through the app."""
