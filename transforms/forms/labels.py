"""Which text is a form's label: column headings of indicator tables and field names of project heads."""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from transforms.forms import meaning
from transforms.forms.taught import NO_HEADINGS, Headings, taught_headings
from transforms.words.folding import fold
from transforms.words.lists import read_word_list, refuse_overlaps

_BLANKS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_NUMBERING = re.compile(
    r"^(?:\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.、]"
    r"|[\u2460-\u249b\u2776-\u277f\u3220-\u3229\u3280-\u3289][.、]?)"
)
_MARKS = re.compile(r"^[*★☆※#]+|[*★☆※#]+$")
_YEAR = re.compile(r"20\d\d年(?:度)?")
_BLANK_LINE = re.compile(r"[_＿]{2,}")
"""The line of a printed form on which a value was written: 项目预算：__30__万元."""
_INLINE = re.compile(r"^(.{2,18}?)[:：](.+)$", re.DOTALL)
_GLUED_AMOUNT = re.compile(
    r"^(?:其中\s*[:：]?)?\s*(\D{2,14}?)\s*[:：]?\s*(\d[\d,，.]*\s*[百千万亿]*元?)\s*[。；;，,]?$"
)
_SPAN_OF_MONTHS = re.compile(
    r"^(?!1月?[-—–~～至到一]12月)(?:\d{1,2}月?[-—–~～至到一]\d{1,2}月份?|上半年|全年预计|预计全年|截至\d{1,2}月底?)(?:预计)?"
)
_NAME_AND_VALUE = re.compile(r"指标(?:名称|内容)?[及和与、/含+](?:其|年度)*(?:指标值|目标值|数值|标准值)\)?$")
"""A heading, or what it says in brackets, that asks for an indicator's name and its value in one cell."""
_NUMBERED_PROJECT = re.compile(r"^\s*项目\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})?\s*$")
LONGEST_LABEL = 24
_MOST_KEPT = 65536
_SHORTEST_REST = 3
_SHORTEST_MISSPELT = 4
"""One wrong character in a shorter label leaves too little of it."""
_SUMS = frozenset(
    {
        *("amount_total", "amount_fiscal", "amount_carryover", "amount_other", "amount_part", "amount_long"),
        *("column_initial", "column_adjusted", "column_executed"),
    }
)
_RESULTS = frozenset({"执行情况", "完成情况", "完成值", "实现情况", "执行值", "实际值", "完成数", "完成", "实际完成"})
_SPENT = frozenset({"支出", "支出数", "执行", "执行数", "已支出", "支付", "支付数"})


@lru_cache(maxsize=_MOST_KEPT)
def label_key(text: str) -> str:
    """Give the form in which labels are compared: folded, no blanks, round brackets, no closing colon."""
    key = _BLANKS.sub("", fold(text))
    key = key.translate(str.maketrans("【】〔〕［］、", "()()()、"))
    return _MARKS.sub("", key).rstrip(":。.;,")


@cache
def _aliases(name: str) -> dict[str, str]:
    rows = read_word_list(name, ("alias", "role"))
    refuse_overlaps(name, ((line, label_key(row["alias"])) for line, row in rows))
    return {label_key(row["alias"]): row["role"] for _, row in rows}


@cache
def _qualifiers(which: str) -> tuple[str, ...]:
    rows = read_word_list("label_qualifiers.csv", ("list", "word"))
    refuse_overlaps("label_qualifiers.csv", ((line, (row["list"], row["word"])) for line, row in rows))
    return tuple(row["word"] for _, row in rows if row["list"] == which)


def _find(text: str, aliases: dict[str, str], qualifiers: tuple[str, ...]) -> str | None:
    key = label_key(text)
    if not key or len(key) > LONGEST_LABEL + 12:
        return None
    forms = _forms(key)
    for form in forms:
        if form in aliases:
            return aliases[form]
    for form in forms:
        role = next((aliases[rest] for rest in _unqualified(form, qualifiers) if rest in aliases), None)
        if role is not None:
            return role
    return None


def _unqualified(form: str, qualifiers: tuple[str, ...], most: int = 2) -> Iterator[str]:
    """Yield a label without the one or two words before it that only say whose or of when: 绩效度量单位, 当年整体目标."""
    for word in qualifiers:
        rest = form.removeprefix(word)
        if rest != form and len(rest) >= _SHORTEST_REST:
            yield rest
            if most > 1:
                yield from _unqualified(rest, qualifiers, most - 1)


def _forms(key: str) -> list[str]:
    """Give a label's spellings from strict to loose: whole, without brackets, numbering, the year, 其中."""
    bare = _BRACKETS.sub("", key).rstrip(":")
    forms = [key, bare, _NUMBERING.sub("", key), _NUMBERING.sub("", bare)]
    forms += [re.sub(r"^其中[::]?", "", form) for form in forms[1:]]
    forms += [_YEAR.sub("", form) for form in forms]
    return [form for form in dict.fromkeys(forms) if form and len(form) <= LONGEST_LABEL]


def find_header_role(text: str) -> str | None:
    """Give the role of an indicator table's column heading, or None.

    What the county has taught comes first, then ``words/header_roles.csv``, then the meaning of the label's parts.
    A result of some months of the year (1—7月执行情况, 全年预计完成值) is ``monitor``.
    """
    return _header_role(text, taught_headings())


def find_head_role(text: str) -> str | None:
    """Give the role of a project head's field name, or None.

    What the county has taught comes first, then ``words/head_labels.csv``, then the meaning of the label's parts.
    A sum or rate of some months of the year (1—7月执行数, 全年预计执行数) is ``column_monitor``.
    """
    return _head_role(text, taught_headings())


@lru_cache(maxsize=_MOST_KEPT)
def _header_role(text: str, taught: Headings) -> str | None:
    key = label_key(text)
    if not key or len(key) > LONGEST_LABEL + 12:
        return None
    if taught is not NO_HEADINGS and key in taught.headers:
        return taught.headers[key]
    if _NAME_AND_VALUE.search(key):
        return "name_value"
    part = _SPAN_OF_MONTHS.sub("", key)
    if part != key and (part in _RESULTS or _header_role(part, NO_HEADINGS) in ("actual", "monitor")):
        return "monitor"
    return _find(text, _aliases("header_roles.csv"), _qualifiers("header")) or _by_parts(key, meaning.header_role)


@lru_cache(maxsize=_MOST_KEPT)
def _head_role(text: str, taught: Headings) -> str | None:
    key = label_key(text)
    if not key or len(key) > LONGEST_LABEL + 12:
        return None
    if taught is not NO_HEADINGS and key in taught.heads:
        return taught.heads[key]
    part = _SPAN_OF_MONTHS.sub("", key)
    if part != key and (part in _SPENT or _head_role(part, NO_HEADINGS) in ("column_executed", "column_rate")):
        return "column_monitor"
    known = _find(text, _aliases("head_labels.csv"), _qualifiers("head"))
    if known is not None and known != "amount_part":
        return known
    return _by_parts(key, lambda form: meaning.head_role(form, text)) or known  # 下达省级补助 is the filing's own sum


def sum_role(text: str) -> str | None:
    """Give the role of a label with a sum beside it by its parts, which then need no other mark of a label: 申请资金 | 30."""
    return _by_parts(label_key(text), lambda form: meaning.head_role(form, text, beside_sum=True))


def _by_parts(key: str, read: Callable[[str], str | None]) -> str | None:
    bare = _NUMBERING.sub("", key)
    return read(bare) if bare else None


@cache
def known_header_roles() -> frozenset[str]:
    """Give the roles that a column may have."""
    return frozenset(_aliases("header_roles.csv").values())


@cache
def known_head_roles() -> frozenset[str]:
    """Give the roles that a field of a project's head may have."""
    return frozenset(_aliases("head_labels.csv").values())


def misspelt_role(text: str) -> str | None:
    """Give the role of an amount's label with one wrong character: 财政投款 for 财政拨款; None where none is that near."""
    keys = {form for form in _forms(label_key(text)) if len(form) >= _SHORTEST_MISSPELT}
    near = {
        role
        for alias, role in _aliases("head_labels.csv").items()
        if role.startswith("amount_") and any(_is_near(alias, key) for key in keys)
    }
    return near.pop() if len(near) == 1 else None


def _is_near(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def split_inline(text: str) -> tuple[str, str, str] | None:
    """Split "项目名称：道路维修" into (role, label, value); None where the text before the colon is no label.

    An amount may follow its label without a colon: 其中：财政拨款44.6万元. "项目2：" names a project as "项目名称：" does.
    """
    found = _INLINE.match(_BLANK_LINE.sub("", text).strip())
    role = None
    if found is not None:
        role = "project_name" if _NUMBERED_PROJECT.match(found.group(1)) else find_head_role(found.group(1))
    if found is not None and role:
        return role, found.group(1), found.group(2).strip()
    glued = _GLUED_AMOUNT.match(text.strip())
    role = find_head_role(glued.group(1)) if glued is not None else None
    return (role, glued.group(1), glued.group(2)) if glued is not None and role and role in _SUMS else None


def bracket_hint(text: str) -> str | None:
    """Give what stands in a label's last brackets: "项目资金（万元）" has 万元."""
    hints = bracket_hints(text)
    return hints[0] if hints else None


def bracket_hints(text: str) -> list[str]:
    """Give what stands in a label's brackets, the last first: "预算执行情况（万元）（20分）" has 20分 and 万元."""
    return [first or second for first, second in reversed(_BRACKETS.findall(label_key(text))) if first or second]


@cache
def _ignored_rows() -> tuple[tuple[str, str, str], ...]:
    rows = read_word_list("ignored_rows.csv", ("rule", "kind", "text"))
    refuse_overlaps("ignored_rows.csv", ((line, (row["kind"], row["text"])) for line, row in rows))
    # A note's text keeps its colon: "说明:" begins a note, 说明 alone may begin a name.
    return tuple((row["rule"], row["kind"], _row_key(row["text"])) for _, row in rows)


def _row_key(text: str) -> str:
    return _BLANKS.sub("", fold(text))


_FILLER = re.compile(r"^(?:(?:指标)?\d{0,2}[:.、]?)?[/\\.…·。—_×xX*＊-]*$")


@lru_cache(maxsize=_MOST_KEPT)
def find_ignored_row(first_text: str) -> str | None:
    """Give the ignore rule (``words/ignored_rows.csv``) for a row that begins with this text, or None."""
    key = _row_key(first_text)
    for rule, kind, text in _ignored_rows():
        if key.rstrip(":") == text or (kind == "start" and key.startswith(text)):
            return rule
    return None


def is_blank_value(text: str) -> bool:
    """Tell whether a value only fills its cell; unlike a name's running number, a number is a value."""
    return is_filler(text) and not any(char.isdigit() for char in text)


def says_something(text: str) -> bool:
    """Tell whether a text has a letter or a digit other than 0: what is never left out with the row around it."""
    return any(char.isalpha() or (char.isdigit() and char != "0") for char in fold(text))


def is_filler(text: str) -> bool:
    """Tell whether a text only fills its cell: ……, /, —, 指标2：, 无 name."""
    return bool(_FILLER.match(label_key(text)))
