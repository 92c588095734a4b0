"""Membership: how people come into a group and go."""
