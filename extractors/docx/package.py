"""The parts of a Word package that hold text and its rules, opened under limits and without entities or network."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from docx.opc.packuri import PACKAGE_URI, PackURI
from lxml import etree

from extractors.docx.xml_names import STRICT_TO_TRANSITIONAL, w
from extractors.formats.zip_archive import Archive, PackedMember, open_archive
from extractors.limits import Limits
from extractors.rejection import Reason, RejectedFile

Element = etree._Element
PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)

_IMAGE = "image"


@dataclass(frozen=True, slots=True)
class WordPackage:
    """A package's main document as parsed XML, with its styles, numbering and pictures (by relation) still packed."""

    main: Element
    styles: PackedMember | None
    numbering: PackedMember | None
    pictures: Mapping[str, PackedMember] = field(default_factory=dict)


def open_word_package(path: Path, limits: Limits) -> WordPackage:
    """Open a Word file (docx, docm, dotx; transitional or strict); RejectedFile where it is none or breaks a limit."""
    with open_archive(path, limits) as archive:
        main_name = find_main_part(archive)
        blob = archive.read(main_name)
        if blob is None:
            raise RejectedFile(Reason.DAMAGED, f"缺少正文部件“{main_name}”")
        blob = transitional(blob)
        main = parse_xml(blob, main_name)
        if main.tag != w("document"):
            raise RejectedFile(Reason.DAMAGED, f"正文部件“{main_name}”不是 Word 文档内容")
        related = _relations(archive, PackURI(f"/{main_name}"))
        pictures = _picture_parts(archive, PackURI(f"/{main_name}")) if _IMAGE in related else {}
        return WordPackage(main, _part(archive, related, "styles"), _part(archive, related, "numbering"), pictures)


def find_main_part(archive: Archive) -> str:
    """Give the name of the part that the package declares as its main document (``word/document.xml`` in most)."""
    main = _relations(archive, PACKAGE_URI).get("officeDocument")
    if main is not None:
        return main
    if "word/document.xml" in archive.members:
        return "word/document.xml"
    raise RejectedFile(Reason.DAMAGED, "文件内没有 Word 正文")


def parse_xml(blob: bytes, name: str) -> Element:
    """Parse one XML part; a DTD, endless depth or broken XML is a RejectedFile that names the part."""
    try:
        root = etree.fromstring(blob, PARSER)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise RejectedFile(Reason.TOO_DEEP, f"部件“{name}”的嵌套层数过多") from error
        raise RejectedFile(Reason.DAMAGED, f"部件“{name}”的 XML 不完整或有错误") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise RejectedFile(Reason.DAMAGED, f"部件“{name}”含有不允许的 DTD 声明")
    return root


def transitional(blob: bytes) -> bytes:
    """Give an XML part with the namespaces that nearly all files use; strict ones are renamed, UTF-16 becomes UTF-8."""
    if blob[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = blob.decode("utf-16", errors="replace")
        blob = text[text.find("?>") + 2 if text.startswith("<?xml") else 0 :].encode()
    if b"purl.oclc.org" in blob[:8192]:
        for strict, usual in STRICT_TO_TRANSITIONAL.items():
            blob = blob.replace(strict, usual)
    return blob


def _relations(archive: Archive, source: PackURI) -> dict[str, str]:
    """Give the parts inside the package that a part points to, by the last word of the relation's type."""
    packed = archive.read_packed(source.rels_uri)
    found: dict[str, str] = {}
    for kind, name in _read_relations(packed, source) if packed is not None else ():
        if kind not in found and (kind != "officeDocument" or name.lower() in archive.members):
            found[kind] = name
    return found


@lru_cache(maxsize=64)
def _read_relations(part: PackedMember, source: PackURI) -> tuple[tuple[str, str], ...]:
    """Read a relations part as (kind, part name); filings made from one template share the result.

    External targets (remote templates, linked pictures) are left out: nothing is ever fetched.
    """
    found: list[tuple[str, str]] = []
    for relation in parse_xml(part.unpack(), source.rels_uri.membername):
        target = relation.get("Target", "")
        if target and relation.get("TargetMode") != "External":
            name = posixpath.normpath(posixpath.join(source.baseURI, target)).lstrip("/")
            found.append((relation.get("Type", "").rsplit("/", 1)[-1], name))
    return tuple(found)


def _picture_parts(archive: Archive, source: PackURI) -> dict[str, PackedMember]:
    """Give the pictures inside the package that a part shows, by the relation's id, still packed."""
    found: dict[str, PackedMember] = {}
    rels = archive.read_packed(source.rels_uri)
    for relation in parse_xml(rels.unpack(), source.rels_uri.membername) if rels is not None else ():
        if relation.get("Type", "").endswith(f"/{_IMAGE}") and relation.get("TargetMode") != "External":
            name = posixpath.normpath(posixpath.join(source.baseURI, relation.get("Target", ""))).lstrip("/")
            packed = archive.read_packed(name)
            if packed is not None:
                found[relation.get("Id", "")] = packed
    return found


def _part(archive: Archive, related: dict[str, str], kind: str) -> PackedMember | None:
    name = related.get(kind)
    return archive.read_packed(name) if name is not None else None
