"""Tests of the lake: an import is there whole or not at all, and every earlier state can be seen again."""
