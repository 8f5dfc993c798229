"""The places of the explorer and its dialogs. A screen reaches files through the app alone."""
