"""Where findings stand that quote a text instead of naming a cell: found by what they quote, and said in words."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from transforms.words.folding import squash
from warehouse.publication.marts.tables import Mart, Row, Warehouse

WHOLE_FILE = "整份文件"
SECTIONS = {"goal": "分项绩效目标", "safeguard": "保障措施"}
LEAST_QUOTED = 6
"""A shorter quotation could stand anywhere."""

NAMED_PLACES = 4
"""So many places of one quotation are named, then their number."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place in a filing; ``table_no`` 0 is outside all tables, where ``row_no`` counts the paragraphs."""

    page: int | None = None
    table_no: int = 0
    row_no: int = 0
    words: str = ""
    others: str = ""

    @property
    def text(self) -> str:
        """Give the place as a person would look it up: 第3页 表2 行5."""
        parts = [f"第{self.page}页" if self.page else ""]
        parts += [f"表{self.table_no}", f"行{self.row_no}" if self.row_no else ""] if self.table_no else []
        parts += [self.words] if self.words else []
        if not self.table_no and self.row_no and not self.words:
            parts.append(f"正文第{self.row_no}段")
        return (" ".join(part for part in parts if part) or WHOLE_FILE) + self.others


@dataclass(frozen=True)
class Places:
    """The places of published rows: by (filing, paragraph), and by (filing, message) for findings that name no place."""

    by_paragraph: Mapping[tuple[str, int], Whereabouts] = field(default_factory=dict)
    by_message: Mapping[tuple[str, str], Whereabouts] = field(default_factory=dict)

    def of(self, table: Mart, row: Row) -> Whereabouts:
        """Give a row's place in its filing."""
        page, table_no, row_no = (table.whole(row, name) for name in ("page", "table_no", "row_no"))
        if table_no:
            return Whereabouts(page, table_no, row_no or 0)
        filing_id = table.text(row, "filing_id") or ""
        if row_no:
            return self.by_paragraph.get((filing_id, row_no), Whereabouts(page, 0, row_no))
        return self.by_message.get((filing_id, table.text(row, "message") or ""), Whereabouts(page))


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of a filing, of one project or of none, with its place; ``whole`` ones are quoted as a whole."""

    text: str
    place: Whereabouts
    project_no: int | None = None
    whole: bool = False


def find_places(warehouse: Warehouse) -> Places:
    """Find the places of the texts outside tables, and of what findings quote without naming a cell."""
    connection = warehouse.connection
    texts: dict[str, list[_Text]] = defaultdict(list)
    by_paragraph: dict[tuple[str, int], Whereabouts] = {}
    for filing_id, section, number, title, said, page, row_no in connection.execute(_GOALS).fetchall():
        place = Whereabouts(page, 0, row_no or 0, f"{SECTIONS.get(section, section)}第{number}条“{title or ''}”")
        by_paragraph[filing_id, row_no or 0] = place
        texts[filing_id].append(_Text(plain(said), place))
    findings = connection.execute(_QUOTATIONS).fetchall()
    wanted = sorted({filing_id for filing_id, _, _ in findings})
    for filing_id, project_no, whole, said, page, table_no, row_no, words in connection.execute(
        _TEXTS, [wanted]
    ).fetchall():
        texts[filing_id].append(_Text(plain(said), Whereabouts(page, table_no, row_no, words), project_no, whole))
    found = {}
    for filing_id, message, quoted in findings:
        projects = _projects_named(message)
        own = [one for one in texts[filing_id] if not projects or one.project_no in projects]
        if (stands := _place_of(quoted, own)) is not None:
            found[filing_id, message] = stands
    return Places(by_paragraph, found)


def _projects_named(message: str) -> frozenset[int]:
    """Give the projects that a message is about: 第2、8个项目."""
    named = re.search(r"第(\d+(?:、\d+)*)个项目", message)
    return frozenset(map(int, named[1].split("、"))) if named else frozenset()


def plain(text: str) -> str:
    """Give a text without white space and with one form for each sign, for comparing."""
    return squash(text)


def _place_of(quoted: str, texts: Sequence[_Text]) -> Whereabouts | None:
    """Find where a quotation stands: the whole of it, then its parts between ellipses and behind a title."""
    head = plain(re.split("（第", quoted)[0])
    if places := [one.place for one in texts if one.whole and one.text == head]:
        return _joined(places)
    parts = [quoted, *re.split("…+", quoted), *quoted.split("：", 1)[1:]]
    for part in dict.fromkeys(plain(part) for part in parts):
        if len(part) >= LEAST_QUOTED and (places := [one.place for one in texts if part in one.text]):
            return _joined(places)
    return None


def _joined(places: list[Whereabouts]) -> Whereabouts:
    """Give the first of several places, with words that name the others."""
    first, *others = dict.fromkeys(places)
    if not others:
        return first
    named = "、".join(place.text for place in others[: NAMED_PLACES - 1])
    more = f"等 {len(others) + 1} 处" if len(others) >= NAMED_PLACES else ""
    return replace(first, others=f"、{named}{more}")


_GOALS = """
    select
        filing_id, section, goal_no, title,
        concat(title, '：', goal_text, chr(10), title, '：', indicator_text), page, row_no
    from core.narrative_goals
    order by all
"""
_QUOTATIONS = """
    select distinct filing_id, message, evidence from mart.review_findings
    where coalesce(table_no, 0) = 0 and coalesce(row_no, 0) = 0 and evidence is not null and message is not null
    order by all
"""
_TEXTS = """
    with wanted as (select unnest(?) as filing_id)
    select filing_id, project_no, true, concat(indicator, '：', target_raw), page, coalesce(table_no, 0), coalesce(row_no, 0), ''
    from core.indicators semi join wanted using (filing_id)
    union
    select filing_id, project_no, true, concat(indicator_raw, '：', target_raw), page, coalesce(table_no, 0), coalesce(row_no, 0), ''
    from core.indicators semi join wanted using (filing_id)
    union all
    select filing_id, project_no, false, objective_text, page, coalesce(table_no, 0), coalesce(row_no, 0), ''
    from core.objectives semi join wanted using (filing_id)
    union all
    select filing_id, project_no, false, purpose, page, coalesce(table_no, 0), coalesce(row_no, 0), ''
    from core.projects semi join wanted using (filing_id) where purpose is not null
    union all
    select filing_id, null, false, overall_goal, null, 0, 0, '总体绩效目标'
    from core.filings semi join wanted using (filing_id) where overall_goal is not null
    order by all
"""
