"""The pipeline's version: what filings were read with. Filings that another version read are read again."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("extractors", "transforms")
STORED_FORM = ("warehouse/schema.py", "warehouse/store_rows.py")
LIBRARIES = ("pdfplumber", "pdfminer.six", "pypdfium2", "python-docx", "lxml")


@cache
def pipeline_version() -> str:
    """Hash the code and word lists that turn a file into stored rows, and the versions of the libraries that read.

    Taken from the files themselves, so that nobody has to remember to raise a number; 16 hex digits.
    """
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.suffix in (".py", ".csv")]
    files += [ROOT / name for name in STORED_FORM]
    digest = hashlib.sha256()
    for path in sorted(files):
        # A check-out may change line ends; that is no other version.
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(ROOT).as_posix()} {len(content)}\n".encode() + content)
    for library in LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    return digest.hexdigest()[:16]
