"""Reports on the content: coverage, statistics of the item bank, staleness, JSON Schemas."""
