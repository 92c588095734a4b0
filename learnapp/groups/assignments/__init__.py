"""Assignments: what is asked of a group."""
