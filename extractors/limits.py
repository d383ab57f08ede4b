"""How much one filing may cost: bytes, seconds, memory, pages, archive expansion and nesting."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits that one filing is read under; each has its own code in ``rejection.Reason``.

    ``seconds`` is processor time in the worker (for each page, where pages are recognised), so that a busy machine
    rejects nobody; ``memory_bytes`` is the worker's resident memory.
    ``parts``, ``expanded_bytes`` and ``expansion_ratio`` hold for one archive (a DOCX is one); the ratio counts only
    above ``RATIO_FLOOR_BYTES``, since honest XML of long tables shrinks a hundredfold too.
    ``pixels`` is the size of a single picture that is recognised, ``scanned_pages`` the number of such pages.
    ``xml_bytes`` is the size of a single XML part, ``nesting`` the depth of tables within tables.
    ``sheet_cells`` counts the cells that a sheet stores, ``sheet_rows`` reaches to the last one that holds anything.
    ``cell_characters`` is the longest text of one cell or paragraph: the longest seen in a filing has some 2,500, and
    comparing texts of 100,000 keeps a database from being built for hours.
    """

    file_bytes: int = 200 * MEGABYTE
    seconds: float = 120.0
    memory_bytes: int = 1024 * MEGABYTE
    pages: int = 3000
    parts: int = 5000
    expanded_bytes: int = 512 * MEGABYTE
    expansion_ratio: int = 200
    xml_bytes: int = 96 * MEGABYTE
    nesting: int = 20
    pixels: int = 120_000_000
    scanned_pages: int = 60
    grid_columns: int = 2000
    sheet_rows: int = 20_000
    sheet_cells: int = 400_000
    cell_characters: int = 20_000

    @property
    def stalled_seconds(self) -> float:
        """Time on the clock after which a reading that still has processor time left is given up: it waits for a disk
        or a network that does not answer."""
        return self.seconds * STALL_FACTOR


STALL_FACTOR = 10
RATIO_FLOOR_BYTES = 32 * MEGABYTE
DEFAULT_LIMITS = Limits()
