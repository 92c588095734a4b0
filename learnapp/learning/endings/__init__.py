"""Endings: what somebody has behind them at the end of a module and of a course."""
