"""What a publication was made from, and how it is made again."""
