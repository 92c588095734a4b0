"""Checks: the rules that lessons and quizzes are held against, one file a subject."""
