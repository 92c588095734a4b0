"""Teams: what volunteers and their coordinators have besides a group: events, and who is ready for one."""
