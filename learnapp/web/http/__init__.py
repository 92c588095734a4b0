"""HTTP: hosts and addresses that are ours, headers, the compression of pages, and static files."""
