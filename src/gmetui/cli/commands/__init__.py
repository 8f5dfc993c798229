"""The commands, one module for each; closely related ones share a module."""
