"""An OFD package: a zip of XML parts that name each other by paths relative to themselves."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from extractors.formats.zip_archive import Archive
from extractors.rejection import Reason, RejectedFile

Element = etree._Element
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
)


@dataclass(frozen=True, slots=True)
class PackagePart:
    """One XML part: its root, and the folder that the paths in it start from."""

    root: Element
    folder: str

    def path_of(self, location: str) -> str:
        """Give the package path that a location in this part means."""
        location = location.strip().replace("\\", "/")
        return posixpath.normpath(
            location if location.startswith("/") else posixpath.join(self.folder, location)
        ).lstrip("/")


def open_part(archive: Archive, name: str) -> PackagePart:
    """Parse a part; RejectedFile where it is missing or no XML."""
    blob = archive.read(name)
    if blob is None:
        raise RejectedFile(Reason.DAMAGED, f"OFD 文件缺少部件“{name}”")
    try:
        root = etree.fromstring(blob, _PARSER)
    except etree.XMLSyntaxError as error:
        raise RejectedFile(Reason.DAMAGED, f"部件“{name}”的 XML 不完整或有错误") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise RejectedFile(Reason.DAMAGED, f"部件“{name}”含有不允许的 DTD 声明")
    return PackagePart(root, posixpath.dirname(name))


def local_name(element: Element) -> str:
    """Give an element's name without its namespace, which programs write in several ways; "" for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def find_all(element: Element, *names: str) -> Iterator[Element]:
    """Yield the descendants along a path of names, whatever their namespace."""
    if not names:
        yield element
        return
    for child in element:
        if local_name(child) == names[0]:
            yield from find_all(child, *names[1:])


def text_of(element: Element, *names: str) -> str:
    """Give the text of the first descendant along a path of names, "" where there is none."""
    found = next(find_all(element, *names), None)
    return (found.text or "").strip() if found is not None else ""


def numbers(text: str | None) -> list[float]:
    """Give the numbers of a list parted by blanks; what is no number ends it."""
    found: list[float] = []
    for word in (text or "").split():
        try:
            found.append(float(word))
        except ValueError:
            break
    return found
