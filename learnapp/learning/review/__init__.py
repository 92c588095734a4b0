"""Review: cards with what was learned, and when each comes back."""
