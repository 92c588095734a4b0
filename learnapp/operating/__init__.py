"""Operating: backups that are checked, restoring them, new secrets; `flask backup`, `flask restore`, `flask secret`."""
