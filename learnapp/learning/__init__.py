"""Learning: lessons, attempts at their quizzes, and progress."""
