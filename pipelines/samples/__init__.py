"""The sample filings: the real one, invented ones, and the scripts that draw invented ones."""
