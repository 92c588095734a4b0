"""Tests of what a device keeps."""
