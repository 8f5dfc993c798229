"""Modal dialogs. A dialog returns a value to its caller and changes nothing itself."""
