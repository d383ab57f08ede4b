"""Qualified XML names of WordprocessingML and of the vocabularies around it."""

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
VML = "urn:schemas-microsoft-com:vml"

STRICT_TO_TRANSITIONAL = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": WORD.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": MATH.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": DRAWING.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": RELATIONS.encode(),
}
"""ISO 29500 strict names, which Word writes on request, and the names that nearly every file uses."""


def w(name: str) -> str:
    """Give the qualified name of a WordprocessingML element or attribute."""
    return f"{{{WORD}}}{name}"


def m(name: str) -> str:
    """Give the qualified name of an Office Math element."""
    return f"{{{MATH}}}{name}"


VAL = w("val")
P, R, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
P_PR, R_PR, TR_PR, TC_PR = w("pPr"), w("rPr"), w("trPr"), w("tcPr")
SDT, SDT_PR, SDT_CONTENT = w("sdt"), w("sdtPr"), w("sdtContent")
INS, DEL = w("ins"), w("del")
ALT_CHUNK = w("altChunk")
TEXT_BOX = w("txbxContent")
ALTERNATE = f"{{{COMPATIBILITY}}}AlternateContent"
CHOICE = f"{{{COMPATIBILITY}}}Choice"
FALLBACK = f"{{{COMPATIBILITY}}}Fallback"

WRAPPERS = frozenset(
    [INS, w("moveTo"), w("customXml"), w("smartTag"), w("hyperlink"), w("dir"), w("bdo"), w("fldSimple"), SDT_CONTENT]
)
"""Elements that only stand around content: what is inside is read as if they were not there."""

REMOVED = frozenset([DEL, w("moveFrom")])
"""Tracked deletions: the text is no longer part of the filing."""

FALSE_VALUES = frozenset(["0", "false", "off", "none"])
