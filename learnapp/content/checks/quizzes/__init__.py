"""Rules of quizzes: what their items ask, tell before the answer and say after it."""
