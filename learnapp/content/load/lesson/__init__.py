"""Lessons: what stands in their bodies and front matter, read and built."""
