"""The typed records that a filing becomes; the store's Parquet schema has the same names and order."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands in its source: 1-based page (None without pages), table_no and row_no; 0 = outside tables."""

    page: int | None
    table_no: int
    row_no: int


MEASURED_KINDS = frozenset({"percent", "quantity", "money", "date", "fraction"})
"""The kinds of target that hold a number or a day; grades and texts do not."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a target text means (contract, section 4).

    Money is in 元 in ``value_*``; ``unit`` is the canonical spelling of the unit as filed (money always 元 or 元/…);
    ``base_*`` has lengths, areas, weights and counts in 万 in one unit per dimension.
    ``comparator`` is >=, <=, >, <, =, between or None; ``comparator_stated`` is False where = was only inferred.
    ``notes`` are codes of suspicions (``ge_read_as_2``, ``doubled_text``, ``zero_may_be_placeholder``,
    ``unit_inferred`` …), which become findings.
    """

    raw: str
    target_kind: str | None
    comparator: str | None = None
    comparator_stated: bool | None = None
    value_low: Decimal | None = None
    value_high: Decimal | None = None
    unit: str | None = None
    base_value_low: Decimal | None = None
    base_value_high: Decimal | None = None
    base_unit: str | None = None
    due_date: date | None = None
    grade: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """The year and where it was found (table_mark, title, deadlines, file_name, project_codes); both None where nowhere.

    ``others`` are other years that speak against it, each with where it stands; any of them makes the year a doubt.
    """

    year: int | None
    source: str | None
    others: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Filing:
    """One file's head facts. ``fiscal_year_source`` tells how the year was found (title, values, file_name …)."""

    county: str | None
    township: str | None
    division_code: str | None
    unit_code: str | None
    unit_name: str | None
    fiscal_year: int | None
    fiscal_year_source: str | None
    doc_kind: str
    taxonomy: int | None
    overall_goal: str | None
    stated_projects: int | None = None
    """How many projects the text says that there are, ``stated_yuan`` for how much, in the words of ``stated_raw``."""
    stated_yuan: Decimal | None = None
    stated_raw: str | None = None
    stated_row_no: int | None = None
    """The paragraph that says it, from 1."""


@dataclass(frozen=True, slots=True)
class Project:
    """One project's head; money in 元, and ``*_raw`` as filed with ``money_unit_raw`` the unit that was applied.

    ``budget`` is the budget at the start of the year; ``adjusted`` (全年预算数), ``executed`` (全年执行数) and the
    execution rate stand only in self-evaluations.
    """

    project_no: int
    project_code: str | None
    project_name: str
    project_category: str | None
    project_year: int | None
    is_carryover: bool
    notice_number: str | None
    budget_yuan: Decimal | None
    fiscal_yuan: Decimal | None
    carryover_yuan: Decimal | None
    other_yuan: Decimal | None
    adjusted_yuan: Decimal | None
    executed_yuan: Decimal | None
    budget_raw: str | None
    fiscal_raw: str | None
    carryover_raw: str | None
    other_raw: str | None
    adjusted_raw: str | None
    executed_raw: str | None
    execution_rate_raw: str | None
    money_unit_raw: str | None
    purpose: str | None
    unit_name: str | None
    place: Place
    execution_weight: Decimal | None = None
    """The points that there are for spending the budget, in the table of sums of a self-evaluation."""
    execution_score: Decimal | None = None
    execution_score_raw: str | None = None
    total_weight: Decimal | None = None
    total_score: Decimal | None = None
    """The sums of all points, there are and given, that the self-evaluation states itself."""
    total_score_raw: str | None = None


@dataclass(frozen=True, slots=True)
class SpendingPoint:
    """One point of a spending plan: share of the budget spent by the end of ``month`` (1–12), in percent."""

    project_no: int
    month: int
    cumulative_pct: Decimal | None
    pct_raw: str
    place: Place


@dataclass(frozen=True, slots=True)
class Objective:
    """One numbered objective of a project, without its number."""

    project_no: int
    objective_no: int
    objective_text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator row. ``indicator``, ``level2_group``, ``name_method`` and ``name_confidence`` come from the naming step."""

    project_no: int
    indicator_no: int
    level1: str | None
    level2: str | None
    level2_group: str | None
    indicator_raw: str
    indicator: str | None
    name_method: str | None
    name_confidence: Decimal | None
    description: str | None
    target: Target
    weight: Decimal | None
    weight_raw: str | None
    basis: str | None
    actual: Target | None
    score: Decimal | None
    score_raw: str | None
    deviation_reason: str | None
    place: Place
    direction_raw: str | None = None
    """What the form's own column says of which way is good (正向指标, 反向指标), as filed."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a form states beside the fields of its records: a sum of one source, a period, last year's value, a grade.

    ``fact`` is what is stated (closed list in ``building/statements.py``), ``label`` and ``column_label`` the form's own
    words; ``said`` is the text as filed and what it means as a target's text. ``indicator_no`` is None for the project's.
    """

    project_no: int
    indicator_no: int | None
    fact: str
    label: str
    column_label: str | None
    said: Target
    yuan: Decimal | None
    date_from: date | None
    date_to: date | None
    place: Place
    col_no: int | None


@dataclass(frozen=True, slots=True)
class NarrativeGoal:
    """One goal or safeguard of the text part; texts without their labels, titles without number and full stop."""

    section: str
    goal_no: int
    title: str
    goal_text: str | None
    indicator_text: str | None
    target: Target | None
    place: Place


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should look at; ``message`` is Chinese and can be acted on, ``evidence`` quotes the source."""

    rule: str
    severity: str
    message: str
    evidence: str | None
    project_no: int | None
    indicator_no: int | None
    place: Place


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that the reader is not sure of (contract, section 6); what ``reason`` means: ``words/doubt_reasons.csv``.

    ``field`` is a column of the record that ``project_no`` and ``indicator_no`` name (neither: of the filing itself);
    ``confidence`` is 0–1 where a recogniser gave one; ``col_no`` is 1-based, None where no single cell is meant.
    ``decision`` is open, accepted, corrected (to ``value_decided``) or excluded, as the county's decisions.csv has it.
    """

    field: str
    value_read: str | None
    reason: str
    project_no: int | None
    indicator_no: int | None
    place: Place
    col_no: int | None = None
    confidence: Decimal | None = None
    decision: str = "open"
    value_decided: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnreadCell:
    """A non-empty cell of a performance table that neither a record nor a named ignore rule accounts for."""

    page: int | None
    table_no: int
    row_no: int
    col_no: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class UsedCell:
    """What became of one cell: ``use`` is its role in the form (``name``) or an ignore rule (``ignored:tail_row``).

    Where a record was read from it, ``field`` is the record's column, and ``project_no`` and ``indicator_no`` say whose
    (of a project's own field ``indicator_no`` is None, of the filing's both are). A cell that several records were read
    from stands here once for each.
    """

    page: int | None
    table_no: int
    row_no: int
    col_no: int
    use: str
    field: str | None = None
    project_no: int | None = None
    indicator_no: int | None = None


@dataclass(frozen=True, slots=True)
class FilingRecords:
    """All that is read from one filing."""

    filing: Filing
    projects: tuple[Project, ...]
    spending_plan: tuple[SpendingPoint, ...]
    objectives: tuple[Objective, ...]
    indicators: tuple[Indicator, ...]
    narrative_goals: tuple[NarrativeGoal, ...]
    findings: tuple[Finding, ...]
    unread_cells: tuple[UnreadCell, ...]
    used_cells: tuple[UsedCell, ...]
    doubts: tuple[Doubt, ...] = ()
    statements: tuple[Statement, ...] = ()
