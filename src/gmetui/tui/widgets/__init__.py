"""The panes of the explorer. A widget owns its cursor and scroll and nothing else; it posts what happened."""
