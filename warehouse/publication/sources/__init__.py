"""Pages that show each filing with its cells outlined: what published figures link to."""
