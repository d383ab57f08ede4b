"""What came in: files and the contents of archives."""
