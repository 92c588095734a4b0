"""Names of accounts: which are allowed, which are one and the same, and which look alike."""
