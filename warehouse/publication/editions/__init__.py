"""What was published before, and what has changed since."""
