"""How the marts about money are shown: prices, budgets, standards, carried-over money, spending."""

from warehouse.publication.marts.view import OUTLIER, View

MONEY_VIEWS: dict[str, View] = {
    "cost_comparison": View(
        order_by=(
            *("-fiscal_year", "level2_group", "indicator", "unit_family", "price_kind", "-township_value_yuan"),
            *("county", "township", "file_name", "project_no", "indicator_no"),
        ),
        shown=(
            *("township", "project_name", "indicator", "target_raw", "value_yuan", "county_median_yuan"),
            *("ratio_to_median", "outlier", "rank_high", "peers", "last_year_yuan", "change_pct"),
            *("price_kind", "per_what"),
        ),
        group="indicator",
        tones=OUTLIER,
    ),
    "budget_comparison": View(
        order_by=("-fiscal_year", "project_category", "status", "-current_yuan", "county", "township"),
        shown=(
            *("township", "project_category", "status", "current_yuan", "county_median_yuan", "ratio_to_median"),
            *("denominator", "compared_yuan", "county_median_compared_yuan", "ratio_compared", "outlier"),
            *("rank_high", "peers", "share_of_township_pct", "total_yuan", "carryover_yuan", "projects"),
        ),
        group="project_category",
        tones={**OUTLIER, ("status", "missing"): "warn"},
    ),
    "schedule_comparison": View(
        order_by=("-fiscal_year", "scope", "county", "township", "file_name", "project_no", "month"),
        shown=(
            *(
                "scope_name",
                "township",
                "project_name",
                "month",
                "cumulative_pct",
                "cumulative_yuan",
                "budget_yuan",
                "county_pct",
            ),
            *("difference_points", "loading_points", "pace", "plan_pattern", "same_plan_townships"),
        ),
        group="township",
        tones={("pace", "front"): "warn", ("pace", "back"): "warn"},
    ),
    "execution": View(
        order_by=("-fiscal_year", "execution_pct", "county", "township", "project_no"),
        shown=(
            *("township", "project_name", "year_budget_yuan", "executed_yuan", "unspent_yuan", "execution_pct"),
            *("execution_weight", "execution_score", "total_score", "township_execution_pct", "last_year_pct"),
            *("change_points",),
        ),
    ),
    "carryover_ageing": View(
        order_by=("-fiscal_year", "from_year", "-carried_yuan", "county", "township", "project_no"),
        shown=(
            *("township", "project_name", "carried_yuan", "budget_yuan", "from_year", "age_years", "ageing"),
            *("township_carried_yuan", "share_of_township_pct"),
        ),
        tones={("ageing", "over"): "warn", ("ageing", "unknown"): "muted", ("ageing", "held"): "muted"},
    ),
    "cost_share": View(
        order_by=("-fiscal_year", "-share_pct", "county", "township", "file_name", "project_no", "indicator_no"),
        shown=(
            *("township", "project_name", "indicator", "target_raw", "quantity_indicator", "quantity_raw"),
            *("product_yuan", "budget_yuan", "difference_yuan", "share_pct", "covering", "all_costs"),
        ),
        tones={("covering", "over"): "bad", ("covering", "whole"): "good", ("covering", "held"): "muted"},
    ),
    "standard_comparison": View(
        order_by=("-fiscal_year", "project_category", "standing", "county", "township"),
        shown=(
            *("township", "project_category", "standard_yuan", "denominator", "denominator_size"),
            *("standard_total_yuan", "current_yuan", "difference_yuan", "per_measure_yuan", "standing", "source"),
        ),
        group="project_category",
        tones={
            ("standing", "below"): "bad",
            ("standing", "above"): "warn",
            ("standing", "met"): "good",
            ("standing", "no_size"): "muted",
            ("standing", "no_budget"): "muted",
            ("standing", "held"): "muted",
        },
    ),
    "filed_twice": View(
        order_by=("-fiscal_year", "basis", "-twice_yuan", "county", "township", "project_no"),
        shown=(
            *("township", "project_name", "budget_yuan", "other_township", "other_project_name"),
            *("other_budget_yuan", "basis", "twice_yuan"),
        ),
        tones={("basis", "code"): "bad", ("basis", "name_amount"): "warn", ("basis", "held"): "muted"},
    ),
    "document_totals": View(
        order_by=("-fiscal_year", "standing", "county", "township", "file_name"),
        shown=(
            *("township", "stated_raw", "stated_projects", "projects", "stated_yuan", "total_yuan", "current_yuan"),
            *("difference_yuan", "standing"),
        ),
        tones={
            ("standing", "same"): "good",
            ("standing", "count_differs"): "warn",
            ("standing", "sum_differs"): "warn",
            ("standing", "both_differ"): "warn",
            ("standing", "held"): "muted",
        },
    ),
}
