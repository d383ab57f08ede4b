"""What a run is to read of the inbox, and what it changed in the store."""

from dataclasses import dataclass

from warehouse.store.manifest import Refusal
from warehouse.store.received import ReceivedFile


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """What to read: ``to_read`` holds each content once, sorted by path; ``new`` and ``changed`` are paths in it.

    ``known`` counts the inbox's files that need not be read; ``duplicates`` pairs the path of a file with that of
    the file that has the same bytes; ``rejected`` holds the known files that stay rejected. ``gone`` are stored filings
    whose rows were lost and whose files are no longer in the inbox: only kept Documents can give them back.
    """

    to_read: tuple[ReceivedFile, ...]
    new: frozenset[str]
    changed: frozenset[str]
    known: int
    duplicates: tuple[tuple[str, str], ...]
    rejected: tuple[tuple[ReceivedFile, Refusal], ...]
    gone: tuple[ReceivedFile, ...] = ()


NOTHING_PLANNED = ReadPlan((), frozenset(), frozenset(), 0, (), ())
"""Before it is known what lies in the inbox."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit changed: filings and refusals folded in, tables named anew, Parquet files written.

    ``townships`` are those of the filings that were folded in.
    """

    filings: int
    refusals: int
    renamed: bool
    files_written: int
    townships: frozenset[str] = frozenset()
