"""Faults by figures: what no quick test can show, on a database of its own and servers that are broken on purpose."""
