"""Looking things up: the glossary, the sources, search."""
