"""What kind of file it is, and how its container is opened."""
