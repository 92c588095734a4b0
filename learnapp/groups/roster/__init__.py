"""Rosters: accounts that a group makes."""
