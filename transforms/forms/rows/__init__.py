"""The rows of indicators below a heading."""
