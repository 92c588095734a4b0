"""Accounts: who someone is, how they come in, and what they can take away or erase."""
