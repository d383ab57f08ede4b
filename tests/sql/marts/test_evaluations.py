"""target_against_actual, plan_against_evaluation and score_comparison against pandas, and their verdicts one by one."""

from pathlib import Path

import pandas as pd
import pytest

from tests.warehouse.invented_county import TOWNSHIPS, County, Filed, store_home
from tests.warehouse.invented_filings import Goal, filing, project


def _evaluated(county: County) -> pd.DataFrame:
    filings = county.table("filings")
    filings = filings[filings["is_current"] & (filings["doc_kind"] == "self_evaluation")]
    goals = county.table("indicators").drop(columns=["fiscal_year", "township"])
    heads = county.table("projects")[["filing_id", "project_no", "project_category", "is_held", "project_year"]]
    goals = goals.merge(heads.rename(columns={"is_held": "project_held"}), on=["filing_id", "project_no"])
    return goals.merge(filings[["filing_id", "fiscal_year", "township"]], on="filing_id")


def test_targets_stand_beside_last_years_results(county: County) -> None:
    key = ["township", "project_category", "indicator"]
    last = _evaluated(county).dropna(subset=["actual_raw"])
    last = last[~last.duplicated(["fiscal_year", *key], keep=False)]
    mart = county.mart("target_against_actual")
    both = mart.merge(last.assign(fiscal_year=last["fiscal_year"] + 1), on=["fiscal_year", *key], suffixes=("", "_e"))
    assert len(both) == len(mart) > 0
    assert (both["last_actual_raw"] == both["actual_raw"]).all()
    figures = both[both["standing"] != "not_comparable"].dropna(subset=["difference"])
    expected = figures["target_value"] - figures["actual_value_low"]
    assert (figures["difference"] - expected).abs().max() < 1e-6
    rates = figures[figures["indicator"].str.contains("率") & (figures["standing"] != "held")]
    wanted = rates["difference"].map(lambda d: "alike" if abs(d) <= 2 else "ahead" if d > 0 else "behind")
    assert rates["standing"].tolist() == wanted.tolist() and len(rates) > 0


def _two_filings(goal: Goal, last: Goal, actual: str) -> list[Filed]:
    result = [(actual, "10", "10")]
    return [
        ("e.docx", 0, filing("甲镇", [project(goals=[last], actuals=result)], year=2022, kind="self_evaluation")),
        ("p.docx", 0, filing("甲镇", [project(goals=[goal])], year=2023)),
    ]


@pytest.mark.parametrize(
    ("name", "target", "actual", "standing"),
    [
        ("群众满意度", "≥95%", "92%", "ahead"),
        ("群众满意度", "≥94%", "92%", "alike"),
        ("群众满意度", "≥85%", "92%", "behind"),
        ("事故发生率", "≤5%", "2%", "behind"),
        ("事故发生率", "≤1%", "4%", "ahead"),
        ("群众满意度", "≥95%", "满意", "not_comparable"),
    ],
)
def test_a_target_is_ahead_of_last_year_or_behind(
    tmp_path: Path, name: str, target: str, actual: str, standing: str
) -> None:
    level = "满意度指标" if "满意" in name else "质量指标"
    filed = _two_filings((level, name, target), (level, name, "≥90%"), actual)
    assert store_home(tmp_path, filed).mart("target_against_actual")["standing"].tolist() == [standing]


PLAN: list[Goal] = [("质量指标", "验收合格率", "≥95%"), ("数量指标", "补助村数", "≥24个")]


def _evaluation(goals: list[Goal], budget: str = "100000") -> list[Filed]:
    plan = filing("甲镇", [project(goals=PLAN)], year=2023)
    actuals = [(text.lstrip("≥"), "10", "10") for _, _, text in goals]
    own = filing("甲镇", [project(budget=budget, goals=goals, actuals=actuals)], year=2023, kind="self_evaluation")
    return [("p.docx", 0, plan), ("e.docx", 1, own)]


@pytest.mark.parametrize(
    ("goals", "found"),
    [
        (PLAN, []),
        ([("质量指标", "验收合格率", "≥90%"), PLAN[1]], [("验收合格率", "lowered", "looser")]),
        ([("质量指标", "验收合格率", "≥98%"), PLAN[1]], [("验收合格率", "raised", "stricter")]),
        ([PLAN[0]], [("补助村数", "gone", None)]),
        ([*PLAN, ("质量指标", "设施完好率", "≥90%")], [("设施完好率", "new", None)]),
        ([("质量指标", "验收合格率", "≥ 95 %。"), PLAN[1]], []),
    ],
)
def test_what_changed_between_plan_and_evaluation(
    tmp_path: Path, goals: list[Goal], found: list[tuple[str, str, str | None]]
) -> None:
    mart = store_home(tmp_path, _evaluation(goals)).mart("plan_against_evaluation")
    rows = mart[mart["item"] == "indicator"]
    read = [(row.last_raw if row.status == "gone" else row.this_raw, row.status) for row in rows.itertuples()]
    assert [status for _, status in read] == [status for _, status, _ in found]
    assert [None if pd.isna(s) else s for s in rows["strictness"]] == [strictness for *_, strictness in found]
    assert rows["filing_id"].notna().all() and rows["table_no"].notna().all()


def test_a_changed_budget_is_a_row_of_its_project(tmp_path: Path) -> None:
    mart = store_home(tmp_path, _evaluation(PLAN, "90000")).mart("plan_against_evaluation")
    assert mart[["item", "status", "change"]].to_numpy().tolist() == [["project", "lowered", -10000.0]]


def _scored(township: str, score: int) -> Filed:
    goals: list[Goal] = [("质量指标", "验收合格率", "≥95%")]
    records = filing(township, [project(goals=goals, actuals=[("95%", "100", str(score))])], kind="self_evaluation")
    return f"{township}.docx", 0, records


@pytest.mark.parametrize(("townships", "standing"), [(8, "low"), (5, "too_few_peers")])
def test_scores_are_compared_as_pandas_compares_them(tmp_path: Path, townships: int, standing: str) -> None:
    points = [60, 95, 96, 96, 97, 97, 98, 98][:townships]
    filed = [_scored(name, score) for name, score in zip(TOWNSHIPS, points, strict=False)]
    mart = store_home(tmp_path, filed).mart("score_comparison").set_index("township")
    scores = pd.Series(points, index=TOWNSHIPS[:townships]).astype(float)
    assert mart["score_pct"].sort_index().tolist() == scores.sort_index().tolist()
    assert mart.loc[TOWNSHIPS[0], "standing"] == standing
    if townships > 5:
        middle = scores.median()
        spread = max(1.4826 * (scores - middle).abs().median(), 0.05 * middle)
        wanted = ((scores - middle) / spread).round(4).sort_index()
        assert (mart["robust_score"].sort_index() - wanted).abs().max() < 2e-4
        assert mart["county_median_pct"].tolist() == [middle] * townships
        assert set(mart["standing"]) == {"low", "normal"}
