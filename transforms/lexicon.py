"""A set of words that finds the longest of them at a place in a text."""

from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lexicon(Generic[T]):
    """Words with their meanings; ``match`` finds the longest word at a place, ``get`` the whole text."""

    def __init__(self, words: Iterable[tuple[str, T]]) -> None:
        """Take the words with their meanings; a word's last meaning counts."""
        self._meanings: dict[str, T] = dict(words)
        first: dict[str, list[str]] = {}
        for word in sorted(self._meanings, key=len, reverse=True):
            first.setdefault(word[0], []).append(word)
        self._by_first = first
        self.first_chars = frozenset(first)

    def get(self, word: str) -> T | None:
        """Give the meaning of a whole word, or None."""
        return self._meanings.get(word)

    def match(self, text: str, at: int) -> tuple[T, int] | None:
        """Give the meaning and the end of the longest word that begins at ``at``, or None."""
        if at < len(text):
            for word in self._by_first.get(text[at], ()):
                if text.startswith(word, at):
                    return self._meanings[word], at + len(word)
        return None
