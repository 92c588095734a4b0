"""Outcomes: how far members are with what is asked, and what they see of it."""
