"""The data-file pipeline: TOML files to a checked Catalog."""
