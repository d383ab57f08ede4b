"""Records to Parquet, DuckDB models and published tables."""
