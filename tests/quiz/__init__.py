"""Tests of the quiz engine, which needs neither Flask nor a database."""
