"""What number, unit or amount of money a text states."""
