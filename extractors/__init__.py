"""Files to Documents: knows formats (DOCX, PDF, DOC, TXT), nothing of budgets."""
