"""Documents to typed records and findings: knows budgets, nothing of file formats, Parquet or Prefect."""
