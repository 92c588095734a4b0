"""Lists: people of a class as a school's programs write them down, read, previewed and carried out."""
