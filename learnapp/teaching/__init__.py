"""Teaching: what teachers get besides their classes: a page about it, lessons and quizzes with keys, on paper too."""
