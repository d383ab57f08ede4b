"""How things are said on a screen."""
