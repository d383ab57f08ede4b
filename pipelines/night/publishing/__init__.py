"""When the comparison tables are published anew, what holds them back, and how many publications stay."""
