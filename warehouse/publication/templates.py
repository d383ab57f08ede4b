"""The bureau's own Word templates: used where they open; what is wrong with one is said once, with the remedy."""

import logging
import zipfile
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger("jixiao")

FEEDBACK, AUDIT = "feedback_template.docx", "audit_template.docx"
USED_FOR = {FEEDBACK: "反馈单", AUDIT: "审核表"}


def find_template(config: Path, name: str) -> Path | None:
    """Give a template of the bureau's own; None where there is none, or where it does not open (which is told)."""
    path = config / name
    if not path.is_file():
        return None
    if opens(path):
        return path
    log.warning(
        "%s 打不开（不是 Word 的 docx 文件，或已损坏），%s这次用通用格式。请在 Word 中另存为 docx 后重新放入。",
        *(path, USED_FOR[name]),
    )
    return None


def opens(path: Path) -> bool:
    """Tell whether a file is a Word document that can be filled."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        Document(str(path))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, XMLSyntaxError, OSError):
        return False
    return True


def missing_templates(config: Path) -> Iterator[tuple[Path, str]]:
    """Give the templates that the bureau has not made, each with what it is for."""
    return ((config / name, used) for name, used in USED_FOR.items() if not (config / name).is_file())


def broken_templates(config: Path) -> Iterator[tuple[Path, str]]:
    """Give the templates that do not open, each with what it is for."""
    return (
        (config / name, used)
        for name, used in USED_FOR.items()
        if (config / name).is_file() and not opens(config / name)
    )
