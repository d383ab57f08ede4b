"""Unit lines, titles and file names: which unit, which township, which county.

Decisions: a township is named by its kind (镇, 乡, 街道 …) with a name before it that is a place's. It is none where the kind is
the beginning or the end of another word (乡村振兴, 城乡, 村镇, 小镇, 乡道), where the word goes on to a county or city (西乡县,
景德镇市), or where what is left of the name behind a county or 和 is no name (住房和城乡建设局). Where both readings are
possible (石桥乡村振兴办) no township is read: the unit's own name still says who files. A school, hospital, police station,
village or company in a township is a unit of its own (``place_words.csv``, other_filer): it has no township. What a notice is
about or to (下达石臼镇, a line of several townships) is nobody's name. A person's name, telephone and what a form's next label
says are cut off a unit's cell.
"""

import re
from dataclasses import dataclass
from functools import cache

from transforms.words.folding import squash
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

SHORTEST_UNIT, LONGEST_UNIT = 4, 30
"""So many characters has an office's name in a title (县水利局): fewer name no place, more are a sentence about offices."""
_KINDS = ("not_a_township", "never_inside", "goes_on", "other_filer", "lead")
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
_ABOVE_CORE = re.compile(rf"^{_HAN}*[县市区省州旗和与及]")
_HIGHER = re.compile(r"[乡镇](?:市(?!场|政(?!府)|民(?!政)|容|级)|县(?![道域级])|区(?![域级位划块间内])|族)")
"""乡 and 镇 inside a county's or city's name (新乡县, 景德镇市, 东乡族自治县), not before 市场, 县道, 区域."""
_REGIMENT = re.compile(
    rf"^(?:{_HAN}{{0,8}}兵团)?(?:第?[一二三四五六七八九十]{{1,3}}师(?:{_HAN}{{2,6}}?市)?)?"
    r"(?P<name>(?:第?[〇零一二三四五六七八九十百]{1,6}|\d{1,3}))(?P<kind>团)(?=场|镇|机关|部门|项目|预算|绩效|年|$)"
)
"""A regiment of the Xinjiang corps, which files as townships do: 第八师石河子市一五二团, 183团机关."""
_SEATED = re.compile(rf"{_ABOVE}(?=(?!场|政(?!府)|民(?!政)|容|级){_HAN}{{2}}|[^\u3400-\u9fff]|$)")
_ZONE = re.compile(
    r"(?:开发|高新|示范|试验|工业|产业|园|景|灌|社|小|校|库|林|牧|保税|新|管理|度假|保护|化工|物流)区$|^[辖片城地山郊库矿]区$|^[主老新]城区$|[城超都]市$|^(?:全|各|本|我|该)[县市区]$"
)
_ORGANISATION = re.compile(
    r"(?:政府|党委|委员会|财政所|财政分局|办公室|中心|本级|机关|部门|武装部|宣传部|组织部|统战部|工作部|供销社|公司|合作社"
    r"|中学|小学|大学|局|所|站|院|校|厅|处|会|队|室|园|馆|委|联|办|庭|团|社区|村)$"
)
_NEXT_LABEL = re.compile(
    r"[\s\u3000(（,，;；]+(?:填[报表制]?(?:日期|时间|人)|日期|时间|负责人|经办人|联系人|联系电话|电话|手机|金额单位|单位)[:：].*$"
)
_TELEPHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)")
_CODE_LABELS = re.compile(r"(?:部门|单位)(?:编码|代码)[:：]?\s*(\d{3,12})\s*(?:部门|单位)名称[:：]?\s*")
_PERSON = re.compile(rf"^{_HAN}{{2,4}}$")
_NO_PERSON = re.compile(r"(?:本级|机关|部门|单位|公章|盖章|政府|本部|汇总)$")
_NO_NAME = frozenset({"本单位", "本部门", "同上", "无", "本级", "各乡镇", "各单位", "有关单位", "相关单位", "项目单位"})


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
    name = _cut_lead(_SEAL.sub("", squash(without_person(_CODE_LABELS.sub(r"\1", text)))))
    code = None
    if before := _CODE_BEFORE.match(name):
        code, name = before.group(1), name[before.end() :]
    elif after := _CODE_AFTER.search(name):
        code, name = after.group(1), name[: after.start()]
    name = name.strip("-_:、,;.()[]【】")
    place = _read_place(name)
    if (
        not name
        or name in _NO_NAME
        or (place is None and (code is None or re.search(_HAN, name) is None) and not _ORGANISATION.search(name))
    ):
        return None
    if place is None:
        return BudgetUnit(code, name, find_county_in(name), None)
    own = not name.endswith(_words()["other_filer"])
    return BudgetUnit(code, name, place.county, place.township if own else None)


def without_person(text: str) -> str:
    """Cut a person's name, a telephone and the form's next label off a unit's text: 石臼镇人民政府 张三 13900000000."""
    unit = _TELEPHONE.sub("", _NEXT_LABEL.sub("", text.strip())).strip(" \t\n\u3000(（)）,，、/")
    if _TELEPHONE.search(text) is None and unit.count("(") + unit.count("（") != unit.count(")") + unit.count("）"):
        unit = text.strip()  # only a bracket of its own was cut
    before, _, last = re.sub(r"[\s\u3000(（,，、/]+", " ", unit).rpartition(" ")
    is_unit = before and _ORGANISATION.search(squash(before)) is not None
    is_person = _PERSON.match(last) and not _NO_PERSON.search(last) and not _ORGANISATION.search(last)
    return before if is_unit and is_person else unit


def is_business(unit: BudgetUnit) -> bool:
    """Tell whether a unit is a company or cooperative, which does the work and files no targets."""
    return unit.name.endswith(("公司", "合作社", "企业", "厂", "中标单位", "施工单位"))


def find_county_in(text: str) -> str | None:
    """Give the county or city that an organisation's name begins with: 青神县 of 青神县发展和改革局; None for zones (开发区)."""
    found = _SEATED.match(text)
    if found is None or (not found.group("above") and not found.group("county")):
        return None
    county = found.group("county") or found.group("above")
    return None if _ZONE.search(county) else str(county)


def find_township_in(text: str) -> Seat | None:
    """Find the township that a piece of a title or file name begins with: "附件1：石臼镇2024年自评表"."""
    found = [
        place
        for piece in _NOT_NAMES.split(squash(text))
        if not piece.endswith(_words()["other_filer"]) and (place := _read_place(_cut_lead(piece))) is not None
    ]
    return found[0] if len({place.township for place in found}) == 1 else None


def find_unit_in(text: str) -> BudgetUnit | None:
    """Find the unit that a title names: all of a line, or what stands before a year or 关于 (青禾县水利局关于下达…的通知)."""
    piece = _NOT_NAMES.split(squash(text).strip('《》“”"'))[0].partition("关于")[0]
    piece = piece.removesuffix("文件")
    unit = read_unit_line(piece) if SHORTEST_UNIT <= len(piece) <= LONGEST_UNIT else None
    return unit if unit is not None and _ORGANISATION.search(unit.name) else None


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


def _is_place(name: str, kind: str, rest: str) -> bool:
    """Tell whether a name and kind are a township's and not a piece of other words; ``rest`` begins with the kind."""
    words = _words()
    core = _ABOVE_CORE.sub("", name)
    if {name + kind, core + kind} & set(words["not_a_township"]) or any(word in name for word in words["never_inside"]):
        return False
    if rest.startswith(words["goes_on"]) or _HIGHER.match(rest):
        return False
    if not core and name.endswith(("县", "区", "省")):
        return False
    return not ((kind == "镇" and name.endswith("小")) or (kind.endswith("办事处") and "驻" in name))


def _read_place(text: str) -> Seat | None:
    if regiment := _REGIMENT.match(text):
        return Seat(None, regiment.group("name") + regiment.group("kind"))
    found = _PLACE.match(text) or _SHORT_PLACE.match(text)
    if found is None:
        return None
    name, kind = found.group("name"), found.group("kind")
    if not _is_place(name, kind, text[found.start("kind") :]):
        return None
    kind = "街道" if kind in ("街道办事处", "办事处", "街办") else kind
    return Seat(found.group("county") or found.group("above"), name + kind)
