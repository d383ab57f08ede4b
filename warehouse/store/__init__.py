"""The Parquet store: what has been read so far."""
