"""E-mail: an address is confirmed by its owner before anything else is mailed there."""
