"""Standings: who of a team is ready for an event, as coordinators see it, and as it was when the event was closed."""
