"""Course content: files in, a frozen Catalog and every problem out. Knows no web and no database."""
