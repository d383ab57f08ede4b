"""Which code decides what: said by folders, word lists included, so that nobody has to keep a list of files.

A check-out may change line ends; that is no other program.
"""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).parents[1]
SUFFIXES = frozenset({".py", ".csv", ".sql", ".j2", ".jinja", ".css", ".js"})

READERS = ("extractors",)
"""What turns a file into a Document."""
RECORDS = ("transforms", "warehouse/schema.py", "warehouse/store")
"""What turns a Document into stored rows."""
UNPACKING = ("extractors/formats", "extractors/inbox")
"""What turns a zip file into the filings in it."""
MODELS = (
    "transforms",
    "warehouse/connection.py",
    "warehouse/county",
    "warehouse/files.py",
    "warehouse/models",
    "warehouse/schema.py",
)
"""What turns stored rows and the county's files into a build, beside ``sql/`` itself."""
SOURCE_PAGES = (*READERS, "transforms", "warehouse/publication/sources")
"""What turns a file into its source page."""
RETURNED = (*SOURCE_PAGES, "warehouse/publication/returned", "warehouse/publication/letters")
"""What turns a township's Word file and the remarks on it into its copy with comments."""
PUBLICATION = ("warehouse",)
"""What turns a build into published tables."""
PROGRAM = ("extractors", "transforms", "warehouse", "sql")
"""What turns filings into a publication."""

READING_LIBRARIES = ("pdfplumber", "pdfminer.six", "pypdfium2", "python-docx", "lxml")
RECOGNITION_LIBRARIES = ("openvino", "rapidocr")
"""Of the extra ``ocr``: with them pages are read that are refused without."""

FORMAT_ROOMS = {
    "docx": ("docx",),
    "doc": ("doc", "docx"),
    "pdf": ("pdf", "scan"),
    "picture": ("pdf", "scan"),
    "txt": (),
    "xlsx": ("xlsx",),
    "xls": ("doc", "xlsx"),
    "ofd": ("ofd", "pdf"),
    "html": (),
}
"""Format of a Document → the rooms of ``extractors/`` that read it, beside what all readers share."""


def program_files(places: tuple[str, ...]) -> list[Path]:
    """Give the program's files below the named folders (or the named file itself), in order of their paths."""
    found = [
        path for place in places for path in ((ROOT / place).rglob("*") if (ROOT / place).is_dir() else [ROOT / place])
    ]
    return sorted({path for path in found if path.suffix in SUFFIXES and path.is_file()})


@cache
def program_version(places: tuple[str, ...], libraries: tuple[str, ...] = ()) -> str:
    """Hash the code and word lists of the named places and the versions of libraries; 16 hex digits."""
    digest = hashlib.sha256()
    for path in program_files(places):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(ROOT).as_posix()} {len(content)}\n".encode() + content)
    for library in libraries:
        digest.update(f"{library} {_installed(library)}\n".encode())
    return digest.hexdigest()[:16]


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "absent"


@cache
def readers_version(format: str) -> str:
    """Say what reads files of one format: its own rooms and what all readers share; of an unknown format all rooms."""
    shared = [path.relative_to(ROOT).as_posix() for path in (ROOT / "extractors").glob("*.py")]
    rooms = FORMAT_ROOMS.get(format)
    if rooms is None:
        return program_version(READERS, (*READING_LIBRARIES, *RECOGNITION_LIBRARIES))
    places = (*sorted(shared), "extractors/formats", *(f"extractors/{room}" for room in rooms))
    return program_version(places, (*READING_LIBRARIES, *(RECOGNITION_LIBRARIES if "scan" in rooms else ())))


def records_version() -> str:
    """Say what makes records of Documents: those that another version made are made anew, from kept Documents."""
    return program_version(RECORDS)
