"""Errors of backups and restores, each with a sentence for the operator."""


class BackupFailed(Exception):
    """No backup was written; what was there before is as it was."""


class RestoreRefused(Exception):
    """Nothing was replaced; the message says what to do."""
