"""One module for each command, named after the command."""
