"""What goes back to a township beside its letter: a list of remarks, and its own file with comments."""
