"""Heads and rows that a page break cut in two."""
