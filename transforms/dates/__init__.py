"""What day a text names."""
