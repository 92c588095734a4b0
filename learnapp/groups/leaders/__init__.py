"""Leaders: who leads a group together with others, who takes it over, and that it is never without one."""
