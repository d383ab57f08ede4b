"""A set of words that finds the longest of them at a place in a text."""

from collections.abc import Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lexicon(Generic[T]):
    """Words with their meanings; ``match`` finds the longest word at a place, ``get`` the whole text."""

    def __init__(self, words: Iterable[tuple[str, T]]) -> None:
        """Take the words with their meanings; a word's last meaning counts."""
        self._meanings: dict[str, T] = dict(words)
        lengths: dict[str, set[int]] = {}
        for word in self._meanings:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
        self.first_chars = frozenset(lengths)

    def get(self, word: str) -> T | None:
        """Give the meaning of a whole word, or None."""
        return self._meanings.get(word)

    def skip(self, text: str, at: int = 0) -> int:
        """Give where the words end that stand one behind the other from ``at`` on; ``at`` itself where none does."""
        while (found := self.match(text, at)) is not None:
            at = found[1]
        return at

    def joined_with(self, other: "Lexicon[T]") -> "Lexicon[T]":
        """Give both lexicons' words as one; the other's meaning of a word counts."""
        return Lexicon([*self._meanings.items(), *other._meanings.items()])

    def match(self, text: str, at: int) -> tuple[T, int] | None:
        """Give the meaning and the end of the longest word that begins at ``at``, or None."""
        for length in self._lengths.get(text[at : at + 1], ()):
            word = text[at : at + length]
            meaning = self._meanings.get(word)
            if meaning is not None:
                return meaning, at + len(word)
        return None
