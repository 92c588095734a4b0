"""Passwords: their rules and hashes, and the links and pages with which people choose new ones."""
