"""How texts are folded for matching, and the word lists."""
