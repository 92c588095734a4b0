"""Teachers: how somebody comes to a teacher's account on the web."""
