"""Reports: what leaders read about a group."""
