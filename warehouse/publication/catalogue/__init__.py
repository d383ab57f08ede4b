"""The catalogue of the data: every table and column, where it comes from, how tables hang together."""
