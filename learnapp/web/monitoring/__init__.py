"""Monitoring: who may see how this installation is doing, and what it counts."""
