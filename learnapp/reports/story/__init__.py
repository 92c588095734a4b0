"""Story: what one member did, and who looked."""
