"""Tests of how somebody comes to a teacher's account."""
