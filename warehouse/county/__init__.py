"""What the county says itself: townships, terms, standards, deadlines, rules."""
