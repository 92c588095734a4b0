"""Guests: whoever learns without an account, one in each browser, until an account takes their work or they go."""
