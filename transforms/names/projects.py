"""Project names taken apart: what the money is for, its year, carry-over, notice number, batch and period."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from transforms.words.folding import squash
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

_KINDS = ("carryover_anywhere", "carryover_ends", "advance", "frame_start", "frame_end", "filler")

_OPEN, _CLOSE = r"[〔\[(【﹝{〈]", r"[〕\])】﹞}〉]"
_ISSUED = rf"{_OPEN}20\d\d年?度?{_CLOSE}第?\d{{1,4}}(?:[-、,/]\d{{1,4}})*(?:号文件|号文|号)?"
_BRACKET_PART = r"(?:\([\u4e00-\u9fff]{1,4}\)[\u4e00-\u9fff]{0,4})?"
_NOTICE_APART = re.compile(rf"(?:^|(?<=[(\[【《,、;:\-—_/]))[\u4e00-\u9fff]{{1,8}}{_BRACKET_PART}{_ISSUED}")
"""A notice number that begins a name or follows a separator: all of the agency's abbreviation is known."""
_NOTICE_GLUED = re.compile(
    rf"(?:[^\W\d达拨的发付排配于])?(?:财|政|农|民|水|建|组|委)[\u4e00-\u9fff]{{0,4}}?{_BRACKET_PART}{_ISSUED}"
)
"""A notice number glued to a name: the place's one-character abbreviation and what follows 财, 政, 农 …"""
_NOTICE_PARTS = re.compile(rf"^(.+?){_OPEN}(20\d\d)年?度?{_CLOSE}第?([\d、,/-]+)")

_DIGIT_YEAR = r"20\d\d(?:年?[-~—–至到]+(?:20)?\d\d)?年度?"
_CHINESE_YEAR = r"[二2][〇零0○][一二三][〇零○一二三四五六七八九]年度?"
_YEAR_IN_BRACKETS = re.compile(rf"{_OPEN}(20\d\d){_CLOSE}年度?")
_SHORT_YEAR = r"(?:1[89]|2\d)年度?(?!以上|及以|以下|期|党龄|教龄|工龄|军龄)"
_BARE_YEAR = r"20[12]\d(?=[\u4e00-\u9fff]{2})(?![个户人名位口亩米公平里元万千吨斤株棵台座处套头只盏条件次场期份张块栋幢间所家眼])"
_BATCH = r"第[一二三四五六七八九十\d]{1,3}批次?"
_PERIOD = r"(?:\d{1,2}(?:[-~—至]\d{1,2})?月份?|(?:第?[一二三四]|第[1-4])季度|[上下]半年)"
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")

_NEEDLESS_PROJECT = r"(?<=经费|资金|补助|补贴|支出|支付|工资|报酬)项目"
_CODE = re.compile(r"^\[?\d{8}[A-Z][0-9A-Z]{12}\]?")
_LIST_NUMBER = re.compile(
    r"^(?:项目[\d一二三四五六七八九十]{1,2}[:、.]|\(?[一二三四五六七八九十]{1,3}[)、.]|\(?\d{1,2}[)、]|\d{1,2}\.(?:(?!\d)|(?=20\d\d年)))"
)
_ABOVE_PLACE = r"(?:[\u4e00-\u9fff]{1,7}?[省市州盟区县旗]){0,3}"
_SEPARATORS = "-—–_:、,;.·/~"
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕")


@dataclass(frozen=True, slots=True)
class ProjectName:
    """A project name in parts; ``category`` is what is left, with full-width brackets and without blanks.

    ``year`` is the year that the name gives the money (of a carry-over the year it comes from), not the budget year.
    ``notice_number`` has the form 冀财农〔2022〕156号 whatever brackets were filed; several are joined by 、.
    """

    raw: str
    category: str
    year: int | None = None
    is_carryover: bool = False
    is_advance: bool = False
    notice_number: str | None = None
    batch: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class _Marks:
    """The word list as patterns; the named groups tell what was cut."""

    year_and_carryover: re.Pattern[str]
    anywhere: tuple[re.Pattern[str], ...]
    start: tuple[re.Pattern[str], ...]
    end: tuple[re.Pattern[str], ...]
    filler: re.Pattern[str]


_Found = dict[str, list[str]]


@cache
def _marks() -> _Marks:
    rows = read_word_list("project_marks.csv", ("kind", "word", "note"))
    refuse_overlaps("project_marks.csv", ((line, row["word"]) for line, row in rows))
    words: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    for line, row in rows:
        if row["kind"] not in words:
            raise WordListError(f"project_marks.csv, line {line}: unknown kind {row['kind']!r}")
        words[row["kind"]].append(row["word"])
    year = rf"(?P<year>{_DIGIT_YEAR}|{_CHINESE_YEAR})"
    period, batch = f"(?P<period>{_PERIOD})", f"(?P<batch>{_BATCH})"
    carryover = f"(?P<carryover>{_any_of(words['carryover_anywhere'] + words['carryover_ends'])})"
    filler = _any_of(words["filler"])
    start = (
        f"(?P<advance>{_any_of(words['advance'])})",
        f"(?P<year>{_SHORT_YEAR})",
        f"(?P<year>{_BARE_YEAR})",
        rf"{carryover}(?:资金)?(?![率度])",
        batch,
        period,
        _any_of(words["frame_start"]),
    )
    end = (f"{carryover}{filler}?", batch, r"(?<!\d)(?P<year>20[12]\d)", _any_of(words["frame_end"]), _NEEDLESS_PROJECT)
    return _Marks(
        year_and_carryover=re.compile(year + carryover),
        anywhere=(
            re.compile(f"{year}{period}?"),
            re.compile(f"(?P<carryover>{_any_of(words['carryover_anywhere'])})"),
        ),
        start=tuple(re.compile(f"^{pattern}") for pattern in start),
        end=tuple(re.compile(f"{pattern}$") for pattern in end),
        filler=re.compile(f"{filler}?"),
    )


def _any_of(words: list[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


def read_project_name(name: str, place_names: tuple[str, ...] = ()) -> ProjectName:
    """Take a project name apart; ``place_names`` (the filing's own county and township) leave the category.

    They are cut from its start, with what is above them and the government behind them, and from its end where they
    stand apart ("…（石臼镇）").

    "2022年未拨村级转移支付" is category 村级转移支付, year 2022, carry-over.
    """
    text = squash(name)
    text = _LIST_NUMBER.sub("", _CODE.sub("", text)) or text
    bare, notices = _cut_notices(text)
    if not _trim(bare):
        return ProjectName(name, text, notice_number="、".join(dict.fromkeys(notices)))
    text = _YEAR_IN_BRACKETS.sub(r"\1年", bare)
    found: _Found = defaultdict(list)
    carried_year = [hit.group("year") for hit in _marks().year_and_carryover.finditer(text)]
    category = _cut_marks(text, place_names, found)
    years = carried_year or found["year"]
    return ProjectName(
        raw=name,
        category=(category or text).replace("(", "（").replace(")", "）"),
        year=_read_year(years[0]) if years else None,
        is_carryover=bool(found["carryover"]),
        is_advance=bool(found["advance"]),
        notice_number="、".join(dict.fromkeys(notices)) or None,
        batch=found["batch"][0] if found["batch"] else None,
        period=found["period"][0] if found["period"] else None,
    )


def _read_year(text: str) -> int:
    digits = re.match(r"\d{4}|\d{2}", text.translate(_CHINESE_DIGITS))
    assert digits is not None, text
    return int(digits.group()) % 100 + 2000


def _cut_notices(text: str) -> tuple[str, list[str]]:
    notices: list[str] = []

    def keep(hit: re.Match[str]) -> str:
        parts = _NOTICE_PARTS.match(hit.group())
        assert parts is not None, hit.group()
        notices.append(f"{parts.group(1)}〔{parts.group(2)}〕{parts.group(3)}号")
        return ""

    return _NOTICE_GLUED.sub(keep, _NOTICE_APART.sub(keep, text)), notices


def _cut_marks(text: str, place_names: tuple[str, ...], found: _Found) -> str:
    """Cut every mark and note it in ``found``; a name that is nothing but marks keeps its last words."""
    marks = _marks()
    places = tuple(place for name in place_names if name for place in _place_patterns(name))
    after_frame = re.search(r"(?:的通知|的函)$", text) is not None
    text = _cut_brackets(text, found)
    for pattern in places:
        text = pattern.sub("", text) or text
    for pattern in marks.anywhere:
        text = _cut_once_or_more(pattern, text, found)
    before = None
    while text != before:
        before = text
        text = _trim(text)
        for pattern in (*marks.start, *marks.end):
            text = _trim(_cut_once_or_more(pattern, text, found))
        for pattern in places:
            text = pattern.sub("", text) or text
    return re.sub(r"(?<=资金|经费|补助|支付|补贴)(?:预算指标|预算|指标)$", "", text) if after_frame else text


@lru_cache(maxsize=1024)
def _place_patterns(name: str) -> tuple[re.Pattern[str], ...]:
    """Give how a name may begin or end with a place: 青禾县石臼镇人民政府本级…, …（石臼镇）, …-石臼镇."""
    place = rf"{_ABOVE_PLACE}{re.escape(squash(name))}(?:办事处)?(?:(?:人民)?政府)?(?:本级|机关)?"
    end = "(?![城域内])" if name.endswith(("县", "市", "区", "旗")) else ""
    return (
        re.compile(rf"^{place}{end}(?=.{{2}})"),
        re.compile(rf"(?<=.{{2}})(?:[{re.escape(_SEPARATORS)}]{place}|\({place}\))$"),
    )


def _cut_once_or_more(pattern: re.Pattern[str], text: str, found: _Found) -> str:
    """Cut what the pattern finds, unless nothing but filler would be left."""
    rest = _trim(pattern.sub("", text))
    for hit in pattern.finditer(text):
        for kind, value in hit.groupdict().items():
            if value:
                found[kind].append(value)
    return text if _marks().filler.fullmatch(rest) else rest


def _cut_brackets(text: str, found: _Found) -> str:
    """Drop the brackets that hold marks only: (2022年结转), (第一批), 【】 of a notice number."""

    def drop(hit: re.Match[str]) -> str:
        inner: _Found = defaultdict(list)
        content = next((group for group in hit.groups() if group is not None), "")
        rest = content
        for pattern in (*_marks().anywhere, *_marks().start, *_marks().end):
            for mark in pattern.finditer(rest):
                for kind, value in mark.groupdict().items():
                    if value:
                        inner[kind].append(value)
            rest = _trim(pattern.sub("", rest))
        if not _marks().filler.fullmatch(rest) or (rest and not inner):
            return hit.group()
        for kind, values in inner.items():
            found[kind] += values
        return ""

    return _BRACKETS.sub(drop, text)


def _trim(text: str) -> str:
    return text.strip(_SEPARATORS)
