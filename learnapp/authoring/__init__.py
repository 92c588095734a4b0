"""What authors look at: the catalog, its problems, coverage, the bank, previews, what is stale."""
