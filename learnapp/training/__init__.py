"""Training: programs for volunteers, their finals and certificates."""
