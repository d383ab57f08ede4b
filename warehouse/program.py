"""Which code decides what: said by folders, word lists included, so that nobody has to keep a list of files.

A check-out may change line ends; that is no other program.
"""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
SUFFIXES = frozenset({".py", ".csv", ".sql", ".j2", ".jinja", ".css", ".js"})

READERS = ("extractors",)
"""What turns a file into a Document."""
RECORDS = (*READERS, "transforms", "warehouse/schema.py", "warehouse/store")
"""What turns a file into stored rows."""
MODELS = (
    "transforms",
    "warehouse/connection.py",
    "warehouse/county",
    "warehouse/files.py",
    "warehouse/models",
    "warehouse/schema.py",
)
"""What turns stored rows and the county's files into a build, beside ``sql/`` itself."""
SOURCE_PAGES = (*READERS, "warehouse/publication/sources")
"""What turns a file into its source page."""
PUBLICATION = ("warehouse",)
"""What turns a build into published tables."""
PROGRAM = ("extractors", "transforms", "warehouse", "sql")
"""What turns filings into a publication."""

READING_LIBRARIES = ("pdfplumber", "pdfminer.six", "pypdfium2", "python-docx", "lxml")


def program_files(places: tuple[str, ...]) -> list[Path]:
    """Give the program's files below the named folders (or the named file itself), in order of their paths."""
    found = [
        path for place in places for path in ((ROOT / place).rglob("*") if (ROOT / place).is_dir() else [ROOT / place])
    ]
    return sorted({path for path in found if path.suffix in SUFFIXES})


@cache
def program_version(places: tuple[str, ...], libraries: tuple[str, ...] = ()) -> str:
    """Hash the code and word lists of the named places and the versions of libraries; 16 hex digits."""
    digest = hashlib.sha256()
    for path in program_files(places):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(ROOT).as_posix()} {len(content)}\n".encode() + content)
    for library in libraries:
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()[:16]


def records_version() -> str:
    """Say what filings are read and stored with: those that another version read are read again."""
    return program_version(RECORDS, READING_LIBRARIES)
