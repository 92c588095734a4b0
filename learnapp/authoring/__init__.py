"""Authoring: pages and commands about the content files as they are now."""
