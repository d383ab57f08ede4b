"""How each mart is shown to the bureau: the order of its rows, the columns of the report, which codes stand out."""

from warehouse.publication.marts.money_views import MONEY_VIEWS
from warehouse.publication.marts.tables import ID_COLUMNS, LAST_SOURCE_COLUMNS, SOURCE_COLUMNS, Mart, MartColumn
from warehouse.publication.marts.view import STRICTNESS, View

VIEWS: dict[str, View] = {
    **MONEY_VIEWS,
    "target_comparison": View(
        order_by=(
            *("-fiscal_year", "level2_group", "indicator", "unit_family", "strictness_rank", "county", "township"),
            *("file_name", "project_no", "indicator_no"),
        ),
        shown=(
            *("township", "project_name", "indicator", "target_raw", "compared_value", "county_median", "value_unit"),
            *("strictness", "denominator", "compared_within"),
            *("strictness_distance", "strictness_rank", "peers", "meets_standard", "common_target"),
            *("common_target_townships", "polarity", "level2_group"),
        ),
        group="indicator",
        tones={**STRICTNESS, ("meets_standard", "false"): "bad"},
    ),
    "deadline_comparison": View(
        order_by=("-fiscal_year", "project_category", "indicator", "-due_date", "county", "township", "file_name"),
        shown=(
            *("township", "project_name", "indicator", "target_raw", "due_date", "county_median_date"),
            *("days_after_median", "lateness", "peers", "in_fiscal_year"),
        ),
        group="indicator",
        tones={("in_fiscal_year", "false"): "bad", ("lateness", "later"): "warn"},
    ),
    "year_over_year": View(
        order_by=("-fiscal_year", "county", "township", "project_category", "item", "level2_group", "indicator"),
        shown=(
            *("township", "item", "project_category", "indicator", "last_raw", "this_raw"),
            *("status", "strictness", "change", "change_pct", "unit"),
        ),
        group="township",
        tones={**STRICTNESS, ("status", "gone"): "warn", ("status", "new"): "good", ("status", "same"): "muted"},
    ),
    "target_versus_actual": View(
        order_by=("-fiscal_year", "county", "township", "file_name", "project_no", "indicator_no"),
        shown=(
            *("township", "project_name", "indicator", "target_raw", "actual_raw", "achieved_pct", "outcome"),
            *("weight", "score", "score_pct", "score_fit", "target_changed", "deviation_reason"),
        ),
        group="township",
        tones={
            ("outcome", "not_met"): "bad",
            ("outcome", "no_actual"): "bad",
            ("outcome", "far_exceeded"): "warn",
            ("outcome", "unclear"): "muted",
            ("outcome", "met"): "good",
            ("score_fit", "full_score_but_not_met"): "bad",
            ("score_fit", "score_over_weight"): "bad",
            ("score_fit", "points_lost_but_met"): "warn",
            ("score_fit", "unclear"): "muted",
            ("target_changed", "true"): "warn",
        },
    ),
    "review_findings": View(
        order_by=("-fiscal_year", "county", "severity", "township", "rule", "file_name", "project_no", "indicator_no"),
        shown=(
            *("township", "severity", "message", "project_name", "indicator_raw", "rule_title", "dimension"),
            *("amount_yuan", "state", "evidence"),
        ),
        group="severity",
        tones={
            ("severity", "error"): "bad",
            ("severity", "warning"): "warn",
            ("severity", "info"): "muted",
            ("state", "settled"): "good",
            ("state", "waived"): "muted",
        },
    ),
    "missing_items": View(
        order_by=("-fiscal_year", "item", "project_category", "level2_group", "indicator", "status", "township"),
        shown=(
            *("township", "item", "project_category", "level2_group", "indicator", "status", "other_names"),
            *("townships_with", "peers", "with_pct", "common_raw"),
        ),
        group="project_category",
        tones={("status", "missing"): "warn", ("status", "other_name"): "muted", ("status", "held"): "muted"},
    ),
    "target_against_actual": View(
        order_by=("-fiscal_year", "county", "township", "file_name", "project_no", "indicator_no"),
        shown=(
            *("township", "project_name", "indicator", "target_raw", "last_actual_raw", "last_target_raw"),
            *("difference", "unit", "difference_pct", "standing", "last_outcome"),
        ),
        group="township",
        tones={
            ("standing", "behind"): "warn",
            ("standing", "deviates"): "warn",
            ("standing", "ahead"): "good",
            ("standing", "not_comparable"): "muted",
            ("standing", "held"): "muted",
        },
    ),
    "plan_against_evaluation": View(
        order_by=("-fiscal_year", "county", "township", "project_category", "item", "level2_group", "indicator"),
        shown=(
            *("township", "item", "project_name", "indicator", "last_raw", "this_raw", "status", "strictness"),
            *("change", "unit"),
        ),
        group="township",
        tones={**STRICTNESS, ("status", "gone"): "warn", ("status", "held"): "muted"},
    ),
    "score_comparison": View(
        order_by=("-fiscal_year", "rank_high", "county", "township", "file_name", "project_no"),
        shown=(
            *("township", "project_name", "score", "weight", "score_pct", "category_median_pct"),
            *("category_difference_points", "township_score_pct", "county_median_pct", "rank_high", "peers"),
            *("standing", "full_score_indicators", "indicators"),
        ),
        group="township",
        tones={
            ("standing", "high"): "warn",
            ("standing", "low"): "warn",
            ("standing", "too_few_peers"): "muted",
            ("standing", "held"): "muted",
        },
    ),
    "filing_quality": View(
        order_by=("-fiscal_year", "county", "doc_kind", "quality_rank", "township"),
        shown=(
            *("quality_rank", "township", "doc_kind", "quality_pct", "completeness_pct", "quantified_pct"),
            *("clean_pct", "findings_error", "findings_warning", "projects", "indicators", "days_late", "ranking"),
        ),
        tones={("ranking", "too_few_peers"): "muted", ("ranking", "held"): "muted"},
    ),
    "review_results": View(
        order_by=("-fiscal_year", "county", "township", "file_name", "project_no"),
        shown=(
            *("township", "project_name", "budget_yuan", "completeness", "relevance", "appropriateness"),
            *("feasibility", "proposed_result", "reasons"),
        ),
        group="township",
        tones={
            ("proposed_result", "差"): "bad",
            ("proposed_result", "中"): "warn",
            ("proposed_result", "优"): "good",
            ("proposed_result", "待核对"): "muted",
        },
    ),
    "shared_findings": View(
        order_by=("-fiscal_year", "county", "doc_kind", "-townships", "rule"),
        shown=(
            "doc_kind",
            "rule_title",
            "dimension",
            "severity",
            "townships",
            "filers",
            "findings",
            "remark",
            "example",
        ),
    ),
    "text_reuse": View(
        order_by=("-fiscal_year", "-townships", "-places", "text_kind", "reuse_group", "-similarity", "township"),
        shown=("text_kind", "townships", "places", "match", "similarity", "township", "project_name", "text"),
        group="reuse_group",
        tones={("match", "nearly"): "muted"},
    ),
    "coverage": View(
        order_by=("-fiscal_year", "county", "township", "doc_kind"),
        shown=(
            *("township", "doc_kind", "status", "last_received_at", "days_late", "filings_seen", "filings_replaced"),
            *("files_rejected", "projects", "indicators", "quantified_pct", "completeness_pct", "unread_cells"),
            *("findings_error", "findings_warning"),
        ),
        group="township",
        tones={
            ("status", "missing"): "bad",
            ("status", "rejected"): "bad",
            ("status", "late"): "warn",
            ("status", "filed"): "good",
        },
    ),
}


FAMILY_NAMES = {
    "percent": "%",
    "money": "元",
    "length": "米",
    "area": "平方米",
    "weight": "公斤",
    "date": "日期",
    "grade": "等级",
    "text": "文字",
    "none": "",
}
"""What a reader sees for a family of units: the unit that its values are compared in."""


def family_name(family: str | None) -> str:
    """Give a unit family's name: ``money/村`` is 元/村, ``count:个`` is 个; an unknown family is shown as it is."""
    head, mark, tail = (family or "none").replace("count:", "", 1).partition("/")
    return f"{FAMILY_NAMES.get(head, head)}{mark}{tail}"


def view_of(table: Mart) -> View:
    """Give the presentation of a mart; one that is not listed shows all its columns but the keys, in its own order."""
    listed = VIEWS.get(table.name)
    if listed is not None:
        return listed
    names = [
        column.name
        for column in table.columns
        if column.name not in (*ID_COLUMNS, *SOURCE_COLUMNS, *LAST_SOURCE_COLUMNS)
    ]
    return View(order_by=tuple(names), shown=tuple(names))


def shown_columns(table: Mart, *, without: tuple[str, ...] = ()) -> tuple[MartColumn, ...]:
    """Give the columns of a mart that a reader needs, in the view's order, leaving out those that the mart lacks."""
    return tuple(table.column(name) for name in view_of(table).shown if name in table.positions and name not in without)


def sheet_columns(table: Mart) -> tuple[tuple[MartColumn, ...], tuple[MartColumn, ...]]:
    """Give a sheet's columns of a mart: those in sight (year, shown, place, file name at the end) and those folded."""
    first = tuple(table.column(name) for name in ("fiscal_year", "previous_year") if name in table.positions)
    place = tuple(table.column(name) for name in (*SOURCE_COLUMNS[1:], SOURCE_COLUMNS[0]) if name in table.positions)
    in_sight = (*first, *shown_columns(table), *place)
    folded = [column for column in table.columns if column not in in_sight]
    return in_sight, tuple(sorted(folded, key=lambda column: column.name in ID_COLUMNS))
