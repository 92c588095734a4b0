"""Programs: how far somebody is with what one asks, and which of its changes they have acknowledged."""
