"""Indicator names in the form in which they are compared: marks, units, numbers and wording variants taken off."""

import re
from dataclasses import dataclass
from functools import cache

from transforms.numbers.units import find_unit
from transforms.words.folding import half_of, squash
from transforms.words.lists import WordListError, read_word_list, refuse_overlaps

_KINDS = (
    "lead", "inner", "ending", "kept_number", "subject", "subject_word", "filler", "measure", "opposite", "negation",
    "verb", "light",
)  # fmt: skip
_MARKS = re.compile(r"^[★☆※*#·●■◆○□▲、,。;:._+-]+")
_NUMBERING = re.compile(
    r"^(?:指标[\d一二三四五六七八九十]{0,2}[:、.]|指标\d{1,2}(?=[^\d])|\d{1,2}[、.)](?!\d)|\(\d{1,2}\)|\([一二三四五六七八九十]{1,2}\)"
    r"|[一二三四五六七八九十]{1,2}、|[①-⑳]|其中[:,、]?)"
)
_YEAR = re.compile(r"^20\d\d年度?")
_BRACKET = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕|（([^（）]*)）")
_SIGN = r"(?:[≥≤><=~≈约]|>=|<=)"
_TARGET_TAIL = re.compile(rf"(?:{_SIGN}+[\d.,]*|(?<![\d第至到-])\d[\d.,]*)(?P<unit>[^\d≥≤><=]{{0,6}})$")
_PLACEHOLDER = re.compile(rf"^{_SIGN}*[\d.,*×xX_…]*")
_PERCENT_BEHIND = re.compile(r"(?<=[率度例])%$")
_EXPLANATION = re.compile(r"计算|公式|=|×|÷|/.+\*100|反映|^[指即注]|优[、/]?良")
_PUNCTUATION = re.compile(r"[\s、,。;:·\"'“”‘’./\\|()\[\]【】〔〕《》<>*★☆※#_~-]+")
_LONGEST_SCRAP = 3
"""What is longer on both sides of a unit in brackets is two names glued together; a shorter scrap belongs to the one name."""
_SHORTEST_DOUBLED = 3
"""A name written twice (合格率合格率) has three characters at least; 天天 and 家家户户 are words."""
_SHORTEST_REST = 4
"""A name without its lead (完成, 新增 …) must still say something by itself."""
_SATISFACTION = "满意度"
_PEOPLE_UNITS = {"count:人": "人数", "count:人次": "人次", "count:户": "户数", "count:次": "次数"}


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name to compare: ``key`` is the name in one wording, ``unit`` the unit that stood in the name (（%）), if any.

    ``subject`` says who is satisfied ("群众", "" where the name does not say), None for other names. ``parts`` has
    the keys of two names that were glued together at a unit left in the middle. ``typo`` is what was misspelt.
    """

    key: str
    unit: str | None = None
    subject: str | None = None
    parts: tuple[str, ...] = ()
    typo: str | None = None


@dataclass(frozen=True, slots=True)
class NameWords:
    """``words/name_words.csv`` by kind; longest first where the order matters."""

    leads: tuple[str, ...]
    inner: tuple[tuple[str, str], ...]
    endings: tuple[tuple[str, str, str], ...]
    kept_numbers: tuple[str, ...]
    subjects: frozenset[str]
    subject_words: tuple[str, ...]
    fillers: frozenset[str]
    measures: tuple[str, ...]
    opposites: frozenset[frozenset[str]]
    negations: frozenset[str]
    verbs: tuple[tuple[str, str], ...]
    lights: tuple[str, ...]


@cache
def name_words() -> NameWords:
    """Give the words that the rules for names work with."""
    rows = read_word_list("name_words.csv", ("kind", "word", "becomes", "level2_group"))
    refuse_overlaps("name_words.csv", ((line, tuple(row.values())) for line, row in rows))
    by_kind: dict[str, list[dict[str, str]]] = {kind: [] for kind in _KINDS}
    for line, row in sorted(rows, key=lambda pair: -len(pair[1]["word"])):
        if row["kind"] not in by_kind:
            raise WordListError(f"name_words.csv, line {line}: unknown kind {row['kind']!r}")
        by_kind[row["kind"]].append(row)
    words = {kind: tuple(row["word"] for row in found) for kind, found in by_kind.items()}
    return NameWords(
        leads=words["lead"],
        inner=tuple((row["word"], row["becomes"]) for row in by_kind["inner"]),
        endings=tuple((row["word"], row["becomes"], row["level2_group"]) for row in by_kind["ending"]),
        kept_numbers=words["kept_number"],
        subjects=frozenset(words["subject"]),
        subject_words=words["subject_word"],
        fillers=frozenset(words["filler"]),
        measures=words["measure"],
        opposites=frozenset(frozenset((row["word"], row["becomes"])) for row in by_kind["opposite"]),
        negations=frozenset(words["negation"]),
        verbs=tuple((row["word"], row["level2_group"]) for row in by_kind["verb"]),
        lights=words["light"],
    )


@cache
def typos() -> tuple[tuple[str, str], ...]:
    """Give the known slips of the pen and what was meant (``words/typos.csv``)."""
    rows = read_word_list("typos.csv", ("wrong", "right", "note"))
    refuse_overlaps("typos.csv", ((line, row["wrong"]) for line, row in rows))
    return tuple((row["wrong"], row["right"]) for _, row in rows)


def read_name_form(raw: str, group: str | None) -> NameForm:
    """Bring a name into the form in which names are compared; ``group`` is its level-2 group, as wording depends on it.

    Names that keep a number inside ("60岁以上老人") keep it: only a target at the end ("230人", "≥5次", "100%") is cut.
    """
    text = _strip_front(squash(raw))
    typo = next((wrong for wrong, _ in typos() if wrong in text), None)
    for wrong, right in typos():
        text = text.replace(wrong, right)
    text = _replace_inner(text)
    pieces, unit = _cut_brackets(_PERCENT_BEHIND.sub("(%)", text))
    keys = [_key(piece, group) for piece in pieces]
    text, tail_unit = _cut_target("".join(pieces) if len(pieces) == 1 else pieces[-1])
    key = _key(text, group)
    if tail_unit is not None and group == "数量":
        key = _with_people(key, tail_unit)
    return NameForm(
        key=key or _PUNCTUATION.sub("", squash(raw)) or squash(raw),
        unit=unit or tail_unit,
        subject=_subject(key) if group in (None, "满意度") else None,
        parts=tuple(keys) if len(keys) > 1 else (),
        typo=typo,
    )


def _strip_front(text: str) -> str:
    before = None
    while text != before:
        before = text
        rest = _YEAR.sub("", _NUMBERING.sub("", _MARKS.sub("", text)))
        text = rest or text
    return text


def _replace_inner(text: str) -> str:
    for word, becomes in name_words().inner:
        if text != word:
            text = text.replace(word, becomes)
    return text


def _cut_brackets(text: str) -> tuple[list[str], str | None]:
    """Cut units and explanations in brackets; a unit with more text behind it ends a piece (two names glued)."""
    pieces, unit, rest = [], None, text
    while found := _BRACKET.search(rest):
        content = next(group for group in found.groups() if group is not None)
        before, after = rest[: found.start()], rest[found.end() :]
        bare = _PLACEHOLDER.sub("", content)
        if not bare or find_unit(bare) is not None:
            unit = unit or bare or None
            if min(len(before), len(after)) > _LONGEST_SCRAP and bare:
                pieces.append(before)
                rest = after
            else:
                rest = before + after
        elif _EXPLANATION.search(content):
            rest = before + after
        else:
            rest = before + content + after
    return [*pieces, rest], unit


def _cut_target(text: str) -> tuple[str, str | None]:
    found = _TARGET_TAIL.search(text)
    if found is None or found.start() < 2:
        return text, None
    unit = found.group("unit")
    if unit and find_unit(unit) is None:
        return text, None
    return text[: found.start()], unit or None


def _key(text: str, group: str | None) -> str:
    text = _PUNCTUATION.sub("", _cut_target(text)[0])
    half = half_of(text)
    text = half if half is not None and len(half) >= _SHORTEST_DOUBLED else text
    settled = _drop_lead(_move_verb(_drop_lead(_settle_ending(text, group), group), group), group)
    return _settle_ending(settled, group)


def _drop_lead(text: str, group: str | None) -> str:
    if group == "数量":
        for lead in name_words().leads:
            if text.startswith(lead) and len(text) - len(lead) >= _SHORTEST_REST:
                text = text.removeprefix(lead)
    return text


def _move_verb(text: str, group: str | None) -> str:
    """Put the verb before its object: 道路|维修|长度 as 维修|道路|长度; a name that begins with a verb stays."""
    verbs = [verb for verb, only in name_words().verbs if only == group]
    if text.startswith(tuple(verbs)) or any(sign.isdigit() for sign in text):
        return text
    counts = group in ("数量", "成本")
    measure = _measure_of(text) if counts else ""
    stem = text.removesuffix(measure)
    if counts and not measure:
        return text
    verb = next((verb for verb in verbs if stem.endswith(verb) and len(stem) - len(verb) >= 2), "")
    return verb + stem.removesuffix(verb) + measure


_SHORTEST_THING = 2
_PER = re.compile(r"每公里|每平方米|每次|每场|单位|[人户村亩年月]均")
_STAY_FIRST = ("新", "受", "发生", "改善", "提高")
"""Words that do not stand behind their thing in a name that somebody would write: 道路新建长度, 群众受益户数."""


def as_written(wording: str, group: str | None) -> str:
    """Give a name in one wording as people write it: the thing before the deed (统计培训次数), where it is a count or a cost."""
    if group not in ("数量", "成本") or wording.startswith(_STAY_FIRST):
        return wording
    per = _PER.match(wording)
    front = per.group() if per is not None else ""
    wording = wording.removeprefix(front)
    verbs = tuple(verb for verb, only in name_words().verbs if only == group)
    verb = next((verb for verb in verbs if wording.startswith(verb)), "")
    measure = _measure_of(wording)
    thing = wording.removeprefix(verb).removesuffix(measure)
    is_thing = len(thing) >= _SHORTEST_THING and not thing.startswith(verbs) and not thing.endswith(verbs)
    return front + (thing + verb + measure if verb and measure and is_thing else wording)


def _settle_ending(text: str, group: str | None) -> str:
    for ending, becomes, only in name_words().endings:
        if text.endswith(ending) and only in ("", group) and len(text) - len(ending) + len(becomes) >= 2:
            text = text.removesuffix(ending) + becomes
            break
    if group == "数量" and text.endswith("数") and not text.endswith(name_words().kept_numbers):
        text += "量"
    return _drop_light(text)


def _drop_light(text: str) -> str:
    """Drop a word that adds nothing before the measure: 宣传活动次数, 党建工作经费."""
    measure = _measure_of(text)
    stem = text.removesuffix(measure)
    light = next((word for word in name_words().lights if stem.endswith(word)), "")
    return stem.removesuffix(light) + measure if measure and len(stem) - len(light) >= 2 else text


def _measure_of(text: str) -> str:
    return next((word for word in name_words().measures if text.endswith(word)), "")


def _with_people(key: str, unit: str) -> str:
    found = find_unit(unit)
    measure = _PEOPLE_UNITS.get(found.family) if found else None
    return key + measure if measure and not key.endswith((*_PEOPLE_UNITS.values(), "数量")) else key


def _subject(key: str) -> str | None:
    """Give who is satisfied, "" for the people served in any wording, None where the name is not about that."""
    if not key.endswith(_SATISFACTION):
        return None
    subject = key.removesuffix(_SATISFACTION)
    for word in name_words().subject_words:
        subject = subject.removesuffix(word).removeprefix(word)
    return subject
