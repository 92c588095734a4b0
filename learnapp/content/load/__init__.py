"""Loading: content files become drafts, and drafts without errors the frozen Catalog."""
