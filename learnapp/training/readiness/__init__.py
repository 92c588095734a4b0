"""Readiness: whether a volunteer is ready on the day of an event, and what is still missing."""
