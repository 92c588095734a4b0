"""Board: members by lessons."""
