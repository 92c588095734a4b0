"""Server: granian's workers, what they take on at once, and the threads in which the app answers."""
