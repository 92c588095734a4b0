"""Tests of the field card."""
