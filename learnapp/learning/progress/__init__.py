"""Progress: how far a learner is in each lesson, and what follows from it."""
