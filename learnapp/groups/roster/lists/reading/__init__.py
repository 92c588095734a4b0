"""Reading of lists: files to people, or to what must be asked before; nothing is stored."""
