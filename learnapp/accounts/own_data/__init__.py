"""Own data: how people read and change what is kept about them, take it away and delete it."""
