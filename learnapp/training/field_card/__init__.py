"""Field card: what a volunteer has in the pocket on the day, made of the ledgers, on one sheet."""
