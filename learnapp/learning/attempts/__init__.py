"""Attempts at a quiz: starting, answering, finishing, and their pages."""
