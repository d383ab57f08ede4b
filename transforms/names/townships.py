"""Unit lines, titles and file names: which unit, which township, which county."""

import re
from dataclasses import dataclass
from functools import cache

from transforms.words.folding import squash
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

_KINDS = ("not_a_township", "never_inside", "lead")
_HAN = r"[\u3400-\u9fff]"
_CODE_BEFORE = re.compile(r"^[(\[【〔<]?(\d{12}|\d{9}|\d{6}|\d{3})(?!\d)[)\]】〕>]?[-_:、.]*(?=[^\d年月团])")
_CODE_AFTER = re.compile(r"[-_]?[(\[【〔<]?(?<!\d)(\d{12}|\d{9}|\d{6})[)\]】〕>]?$")
_SEAL = re.compile(r"[(\[【](?:盖章|公章|签章|章)[)\]】]|盖章$")
_SERIAL = re.compile(r"^附件\d*|^[(\[【]?\d{1,2}[)\]】、.]+(?!\d)")
_NOT_NAMES = re.compile(r"(?:20\d\d|二[〇零][一二三][〇零一二三四五六七八九])(?:年度?)?|[^\u3400-\u9fff〇]+")

_PROVINCE = rf"(?:{_HAN}{{2,3}}省|{_HAN}{{2,7}}?自治区)"
_PREFECTURE = r"(?:[^省县区\W\d]{2,12}?(?:自治州|地区|盟|州|市))"
_COUNTY = rf"(?:{_HAN}{{2,10}}?(?:自治县|自治旗|林区|特区|新区|旗|市)|{_HAN}{{1,8}}?[县区])"
_KIND = r"(?:镇|乡|街道办事处|街道|街办|苏木|地区办事处|办事处|农场|牧场|林场)"
_NAME = rf"(?:{_HAN}{{2,7}}?(?={_KIND})|{_HAN}{{2,11}}?(?=民族乡|族乡|苏木))"
_ABOVE = rf"^{_PROVINCE}?(?P<above>{_PREFECTURE})?(?P<county>{_COUNTY})?"
_PLACE = re.compile(rf"{_ABOVE}(?P<name>{_NAME})(?P<kind>民族乡|{_KIND})")
_SHORT_PLACE = re.compile(rf"{_ABOVE}(?P<name>{_HAN})(?P<kind>{_KIND})")
_REGIMENT = re.compile(
    rf"^(?:{_HAN}{{0,8}}兵团)?(?:第?[一二三四五六七八九十]{{1,3}}师(?:{_HAN}{{2,6}}?市)?)?"
    r"(?P<name>(?:第?[〇零一二三四五六七八九十百]{1,6}|\d{1,3}))(?P<kind>团)(?=场|镇|机关|部门|项目|预算|绩效|年|$)"
)
"""A regiment of the Xinjiang corps, which files as townships do: 第八师石河子市一五二团, 183团机关."""
_ORGANISATION = re.compile(
    r"(?:政府|党委|委员会|财政所|财政分局|办公室|中心|本级|机关|部门|局|所|站|院|校|厅|处|会|队|室|园|馆)$"
)


@dataclass(frozen=True, slots=True)
class Seat:
    """A township with the county it was named under; ``township`` ends in 镇, 乡, 街道, 苏木 …, never in 人民政府."""

    county: str | None
    township: str


@dataclass(frozen=True, slots=True)
class BudgetUnit:
    """A budget unit: ``code`` (3 digits a level, the department first), name and place, as far as given."""

    code: str | None
    name: str
    county: str | None
    township: str | None


@cache
def _words() -> dict[str, tuple[str, ...]]:
    rows = read_word_list("place_words.csv", ("kind", "word", "note"))
    refuse_overlaps("place_words.csv", ((line, (row["kind"], row["word"])) for line, row in rows))
    for line, row in rows:
        if row["kind"] not in _KINDS:
            raise WordListError(f"place_words.csv, line {line}: unknown kind {row['kind']!r}")
    return {
        kind: tuple(
            row["word"] for _, row in sorted(rows, key=lambda pair: -len(pair[1]["word"])) if row["kind"] == kind
        )
        for kind in _KINDS
    }


def read_unit_line(text: str) -> BudgetUnit | None:
    """Read a unit with its code before or behind the name, glued, dashed or in brackets; None where none is named.

    "482001丰润区李钊庄镇人民政府本级", "219001-池州市贵池区棠溪镇人民政府", "[607001]衡阳市南岳区南岳镇人民政府",
    also behind a label ("填报单位：…（盖章）").
    """
    name = _cut_lead(_SEAL.sub("", squash(text)))
    code = None
    if before := _CODE_BEFORE.match(name):
        code, name = before.group(1), name[before.end() :]
    elif after := _CODE_AFTER.search(name):
        code, name = after.group(1), name[: after.start()]
    name = name.strip("-_:、,;.()[]【】")
    place = _read_place(name)
    if not name or (
        place is None and (code is None or re.search(_HAN, name) is None) and not _ORGANISATION.search(name)
    ):
        return None
    return BudgetUnit(code, name, place.county if place else None, place.township if place else None)


def find_township_in(text: str) -> Seat | None:
    """Find the township that a piece of a title or file name begins with: "附件1：石臼镇2024年自评表"."""
    for piece in _NOT_NAMES.split(squash(text)):
        place = _read_place(_cut_lead(piece))
        if place is not None:
            return place
    return None


def township_key(name: str) -> str:
    """Give the form in which township names are compared: no code, county, 中共 or 人民政府, 办事处 as 街道."""
    unit = read_unit_line(name)
    return unit.township if unit is not None and unit.township is not None else squash(name)


def _cut_lead(text: str) -> str:
    """Cut labels and list numbers before a name: 填报单位:, 附件1, 关于."""
    text = _SERIAL.sub("", text)
    for word in _words()["lead"]:
        if text.startswith(word) and len(text) > len(word):
            return _SERIAL.sub("", text[len(word) :].lstrip(":-_"))
    return text


def _read_place(text: str) -> Seat | None:
    if regiment := _REGIMENT.match(text):
        return Seat(None, regiment.group("name") + regiment.group("kind"))
    found = _PLACE.match(text) or _SHORT_PLACE.match(text)
    if found is None:
        return None
    name, kind = found.group("name"), found.group("kind")
    words = _words()
    if name + kind in words["not_a_township"] or any(word in name for word in words["never_inside"]):
        return None
    kind = "街道" if kind in ("街道办事处", "办事处", "街办") else kind
    return Seat(found.group("county") or found.group("above"), name + kind)
