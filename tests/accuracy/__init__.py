"""How much of what stands in filings is read rightly, field by field, against what is known to stand there."""
