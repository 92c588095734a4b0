"""Limits: how often somebody may try, counted for accounts and networks in one place for all processes."""
