"""Offline: what a device keeps of the course so that it can be read and answered without a network."""
