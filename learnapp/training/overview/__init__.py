"""Overview: what somebody has done of each program, what is next, and what follows from it."""
