"""Lessons: the course, its modules and lessons as pages."""
