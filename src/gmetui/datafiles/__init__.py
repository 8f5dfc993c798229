"""The data-file pipeline: TOML files to a checked catalog, and the catalog compiled."""
