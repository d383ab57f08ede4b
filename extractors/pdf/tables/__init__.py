"""Tables on a PDF page: from rules, or from the blanks between texts."""
