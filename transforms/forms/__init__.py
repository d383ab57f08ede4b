"""Which cell of a form is what."""
