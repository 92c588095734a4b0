"""Style guide: the tokens of the stylesheet and every part of the look, shown in debug."""
