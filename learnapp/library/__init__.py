"""Library: glossary, sources and search."""
