"""Old Word files, converted by LibreOffice."""
