"""Gradebook: the table of a board to carry away."""
