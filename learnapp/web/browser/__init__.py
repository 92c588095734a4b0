"""Browser: what it holds of ours, which is cookies and the tokens of forms."""
