"""Tests of the command line: every command in both languages and three formats, exact numbers, honest exit codes."""
