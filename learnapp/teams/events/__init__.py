"""Events of teams: made, changed and deleted by coordinators, and shown to volunteers."""
