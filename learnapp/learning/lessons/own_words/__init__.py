"""Own words: guesses and judgments that readers write down in lessons, for themselves alone."""
