"""Opens a workbook under limits: what a zip holds is looked at before openpyxl unpacks anything."""

import posixpath
import re
from pathlib import Path

from lxml import etree
from openpyxl import load_workbook
from openpyxl.workbook.workbook import Workbook

from extractors.formats.zip_archive import Archive, open_archive
from extractors.limits import Limits
from extractors.rejection import Reason, RejectedFile

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_STRICT = b"purl.oclc.org/ooxml/spreadsheetml"
_FORMULA_ALONE = re.compile(
    rb'<c\b[^>]*\br="([A-Z]{1,3}\d{1,7})"[^>]*>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)


def open_workbook(path: Path, limits: Limits) -> tuple[Workbook, dict[str, list[str]], bool]:
    """Open a workbook with its values; RejectedFile where it is damaged or breaks a limit.

    Gives, too, by the title of their sheet the cells (``B7``) whose formulas have no stored result, and whether there is text in drawn shapes, which belong to no cell.
    """
    unknown: dict[str, list[str]] = {}
    has_shapes = False
    with open_archive(path, limits) as archive:
        titles = _sheet_titles(archive)
        for name in archive.members:
            if not name.startswith("xl/") or not name.endswith((".xml", ".rels")):
                continue
            blob = archive.read(name) or b""
            if _DECLARATION.search(blob[:4096]):
                raise RejectedFile(Reason.DAMAGED, f"部件“{name}”含有不允许的 DTD 声明")
            if name == "xl/workbook.xml" and _STRICT in blob[:4096]:
                raise RejectedFile(Reason.UNSUPPORTED_FORMAT, "这是严格 OOXML 格式的工作簿，请另存为普通 .xlsx 后报送")
            if name.startswith("xl/worksheets/"):
                _check_size(blob, limits)
                alone = [cell.decode() for cell in _FORMULA_ALONE.findall(blob)]
                if alone and name in titles:
                    unknown[titles[name]] = alone
            has_shapes = has_shapes or (name.startswith("xl/drawings/") and b"<a:t>" in blob)
    try:
        return load_workbook(path, data_only=True, rich_text=True), unknown, has_shapes
    except Exception as error:  # openpyxl raises whatever its parsers and its own code meet
        raise RejectedFile(Reason.DAMAGED, f"工作簿打不开（{type(error).__name__}）") from error


def _check_size(sheet: bytes, limits: Limits) -> None:
    if sheet.count(b"<c ") > limits.sheet_cells:
        raise RejectedFile(Reason.TOO_LARGE, f"工作表的单元格超过 {limits.sheet_cells} 个")


def _sheet_titles(archive: Archive) -> dict[str, str]:
    """Give the title of each sheet by the name of its part."""
    relations = _parse(archive, "xl/_rels/workbook.xml.rels")
    targets = {one.get("Id"): one.get("Target", "") for one in relations.iter("{*}Relationship")}
    titles: dict[str, str] = {}
    for sheet in _parse(archive, "xl/workbook.xml").iter("{*}sheet"):
        target = next((targets[value] for value in sheet.attrib.values() if value in targets), "")
        name = target if target.startswith("/") else posixpath.join("xl", target)
        titles[posixpath.normpath(name).lstrip("/").lower()] = sheet.get("name", "")
    return titles


def _parse(archive: Archive, name: str) -> etree._Element:
    try:
        return etree.fromstring(archive.read(name) or b"", _PARSER)
    except etree.XMLSyntaxError as error:
        raise RejectedFile(Reason.DAMAGED, f"部件“{name}”的 XML 不完整或有错误") from error
