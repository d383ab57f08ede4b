"""The model runner over sql/: builds the analysts' database and swaps it in."""
