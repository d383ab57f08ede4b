"""Characters and rules of a page, handed over by PDFium."""
