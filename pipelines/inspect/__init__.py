"""What is read from one filing, shown cell by cell."""
