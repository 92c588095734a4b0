"""Finals: a form drawn of the bank of a program, held until it is finished, and what came of it by theme."""
