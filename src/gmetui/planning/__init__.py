"""Planning a season with a list: what comes next, what it costs, and where signals go. Pure: `today` is handed in."""
