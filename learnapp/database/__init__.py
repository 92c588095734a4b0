"""Database: tables and transactions, SQLite and PostgreSQL as we use them, and why they cannot serve just now."""
