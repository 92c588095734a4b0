"""Credentials: certificates as signed files (Open Badges 3.0), the keys that sign them, and the list of statuses."""
