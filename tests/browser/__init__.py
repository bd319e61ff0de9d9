"""Tests that drive the dashboard as a reader does: a real server, a real browser."""
