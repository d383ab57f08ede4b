"""How a home is kept well: what is wrong with it, with the machine or with the nights, and what puts it right."""
