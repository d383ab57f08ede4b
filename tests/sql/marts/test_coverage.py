"""mart.coverage and review_findings: who filed, how completely, and what was found."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from extractors.rejection import Reason
from tests.warehouse.compared_frames import assert_close, counted
from tests.warehouse.invented_county import TOWNSHIPS, County, Filed, store_home
from tests.warehouse.invented_filings import filing, project, received
from transforms.records import Doubt, Finding, Place
from warehouse.models.build import build_database
from warehouse.store.received import FoundFile
from warehouse.store.store import open_store

KEY = ["fiscal_year", "township", "doc_kind"]


def test_coverage_counts_as_pandas_counts(county: County) -> None:
    filings, projects, indicators = county.table("filings"), counted(county, "projects"), counted(county, "indicators")
    current = filings[filings["is_current"]][[*KEY, "filing_id"]]
    wanted = filings.groupby(KEY).agg(
        seen=("filing_id", "size"),
        current=("is_current", "sum"),
        first=("received_at", "min"),
        last=("received_at", "max"),
    )
    wanted["replaced"] = wanted["seen"] - wanted["current"]
    heads = projects.merge(current, on="filing_id")
    has_goal = county.table("objectives")[["filing_id", "project_no"]].drop_duplicates().assign(goal=1)
    heads = heads.merge(has_goal, how="left")
    wanted["projects"] = heads.groupby(KEY).size()
    wanted["no_amount"] = heads["budget_yuan"].isna().groupby([heads[name] for name in KEY]).sum()
    wanted["no_code"] = heads["project_code"].isna().groupby([heads[name] for name in KEY]).sum()
    rows = indicators.merge(current, on="filing_id")
    figure = rows["target_kind"].isin(["percent", "quantity", "money", "date"])
    wanted["indicators"] = rows.groupby(KEY).size()
    wanted["quantified"] = 100 * figure.groupby([rows[name] for name in KEY]).mean()
    filled = 4 * wanted["projects"] - wanted["no_amount"] - wanted["no_code"]
    filled -= heads["goal"].isna().groupby([heads[name] for name in KEY]).sum()
    wanted["complete"] = (filled / wanted["projects"] + 1) / 5 * 100
    mart = county.mart("coverage")
    assert_close(
        mart[mart["filings_seen"] > 0],
        wanted.reset_index(),
        KEY,
        {
            "filings_seen": "seen",
            "filings_current": "current",
            "filings_replaced": "replaced",
            "first_received_at": "first",
            "last_received_at": "last",
            "projects": "projects",
            "projects_without_amount": "no_amount",
            "projects_without_code": "no_code",
            "indicators": "indicators",
            "quantified_pct": "quantified",
            "completeness_pct": "complete",
        },
    )


def test_the_registry_tells_who_is_missing(county: County) -> None:
    mart = county.mart("coverage")
    missing = mart[mart["status"] == "missing"][KEY].apply(tuple, axis=1)
    assert set(missing) == {
        ("未报镇", 2022, "targets"),
        ("未报镇", 2023, "targets"),
        ("未报镇", 2022, "self_evaluation"),
    } or set(missing) == {
        (2022, "未报镇", "targets"),
        (2023, "未报镇", "targets"),
        (2022, "未报镇", "self_evaluation"),
    }
    evaluations = mart[(mart["doc_kind"] == "self_evaluation") & (mart["filings_seen"] > 0)]
    assert not evaluations["is_expected"].any() and mart[mart["doc_kind"] == "targets"]["is_expected"].all()


def test_who_filed_nothing_lacks_nothing_in_a_filing(county: County) -> None:
    """A count of what projects lack is zero where there are no projects, never one."""
    mart = county.mart("coverage")
    missing = mart[mart["status"] == "missing"]
    counts = [name for name in mart.columns if name.startswith(("projects", "indicators", "unread", "findings_"))]
    assert len(missing) == 3 and len(counts) >= 10
    assert (missing[counts] == 0).all(axis=None)


def test_late_is_after_the_countys_own_day(county: County) -> None:
    mart = county.mart("coverage")
    plans = mart[(mart["fiscal_year"] == 2023) & (mart["doc_kind"] == "targets") & (mart["filings_seen"] > 0)]
    # Nights 0, 1, 2 are 15, 16, 17 November in China; the county's day is the 16th.
    late = {name: number % 3 == 2 for number, name in enumerate(TOWNSHIPS)}
    assert plans.set_index("township")["status"].map({"late": True, "filed": False}).to_dict() == late
    assert set(plans["days_late"].dropna()) == {1}


def test_without_a_registry_what_most_file_is_expected(tmp_path: Path) -> None:
    filed: list[Filed] = [(f"{name}.docx", 0, filing(name, [project()])) for name in ("甲镇", "乙镇")]
    filed.append(("丙镇.docx", 0, filing("丙镇", [project()], year=2022)))
    filed.append(("甲镇自评.docx", 0, filing("甲镇", [project()], kind="self_evaluation")))
    mart = store_home(tmp_path, filed).mart("coverage").set_index(KEY)
    assert mart["status"].to_dict() == {
        (2023, "甲镇", "targets"): "filed",
        (2023, "乙镇", "targets"): "filed",
        (2023, "丙镇", "targets"): "missing",
        (2022, "丙镇", "targets"): "filed",
        (2023, "甲镇", "self_evaluation"): "filed",
    }


def test_a_school_or_a_file_of_nobody_makes_nobody_due(tmp_path: Path) -> None:
    school = filing(projects=[project()], year=2022)
    school = replace(school, filing=replace(school.filing, township=None, unit_name="青禾县第一中学"))
    nobody = replace(school, filing=replace(school.filing, unit_name=None))
    filed: list[Filed] = [(f"{name}.docx", 0, filing(name, [project()])) for name in ("甲镇", "乙镇")]
    mart = store_home(tmp_path, [*filed, ("一中.docx", 0, school), ("无名.docx", 0, nobody)]).mart("coverage")
    assert mart.set_index(KEY)["status"].to_dict() == {
        (2023, "甲镇", "targets"): "filed",
        (2023, "乙镇", "targets"): "filed",
        (2022, "青禾县第一中学", "targets"): "filed",
        (2022, "无名", "targets"): "filed",
    }


def test_a_rejected_file_is_the_townships_that_its_name_says(tmp_path: Path) -> None:
    store = open_store(tmp_path, "v1")
    found = {}
    for name in ("甲镇2023年绩效目标.docx", "甲镇2023年绩效自评.docx", "来历不明.docx"):
        place = tmp_path / name
        place.write_text(name)
        found[name] = FoundFile(place, 1, 1)
    for file in store.plan_files(found).to_read:
        store.reject(file, Reason.DAMAGED, "打不开")
    store.journal(received("甲镇.docx", "a" * 64), "docx", None, filing("甲镇", [project()], year=2022))
    store.commit()
    build_database(tmp_path)
    mart = County(tmp_path).mart("coverage").set_index(KEY)
    assert mart["status"].to_dict() == {
        (2022, "甲镇", "targets"): "filed",
        (2023, "甲镇", "targets"): "rejected",
        (2023, "甲镇", "self_evaluation"): "rejected",
    }


REGISTRY = "township,aliases,villages\n石臼镇,石臼乡、石臼镇人民政府,24\n"


def test_names_meet_through_the_registrys_aliases(tmp_path: Path) -> None:
    filed: list[Filed] = [
        ("a.docx", 0, filing("石臼镇", [project()], year=2022)),
        ("b.docx", 0, filing("石臼乡", [project()], year=2023)),
    ]
    county = store_home(tmp_path, filed, {"townships.csv": REGISTRY})
    assert set(county.mart("coverage")["township"]) == {"石臼镇"}
    assert len(county.mart("year_over_year")) == 1
    assert set(county.mart("budget_comparison")["villages"]) == {24}


FOUND = Finding("fiscal_year_inferred", "info", "年度是推断的。", "2023年", None, None, Place(1, 0, 0))
WEIGHTED = project("防汛经费", goals=[("数量指标", "次数", "≥5次")], actuals=[(None, "60", None)])


def findings_home(tmp_path: Path, rules: str) -> pd.DataFrame:
    filed: list[Filed] = [
        ("a.docx", 0, filing("甲镇", [WEIGHTED], findings=[FOUND])),
        ("a.pdf", 0, filing("甲镇", [WEIGHTED], findings=[FOUND])),
    ]
    return store_home(tmp_path, filed, {"rules.csv": rules}).mart("review_findings").set_index("rule")


def test_findings_of_reader_and_rules_stand_together(tmp_path: Path) -> None:
    mart = findings_home(tmp_path, "rule,enabled,severity,note\n")
    read, ruled = mart.loc["fiscal_year_inferred"], mart.loc["weights_not_100"]
    assert (read["origin"], read["message"], read["rule_title"]) == ("reader", FOUND.message, "预算年度是推断的")
    assert ruled["origin"] == "rule" and "防汛经费" in ruled["message"] and "{" not in ruled["message"]
    assert (ruled["project_name"], ruled["file_name"], ruled["table_no"]) == ("防汛经费", "a.docx", 2)
    assert set(mart["filing_id"]) == {read["filing_id"]}, "the twin's findings do not count"


def test_the_county_switches_rules_off_and_weighs_them(tmp_path: Path) -> None:
    rules = "rule,enabled,severity,note\nweights_not_100,,warning,\nfiscal_year_inferred,否,,\n"
    mart = findings_home(tmp_path, rules)
    assert "fiscal_year_inferred" not in mart.index
    assert mart.loc["weights_not_100"]["severity"] == "warning"


@pytest.mark.parametrize("rule", ["weights_not_100"])
def test_a_rule_that_is_off_finds_nothing(rule: str, tmp_path: Path) -> None:
    assert rule not in findings_home(tmp_path, f"rule,enabled,severity,note\n{rule},否,,\n").index


def test_who_is_in_a_file_of_several_filers_has_not_failed_to_file(tmp_path: Path) -> None:
    shared = filing("甲镇", [project("道路维修", "30000"), project("河道治理", "50000")])
    doubts = [
        Doubt("unit_name", unit, "several_units", one.project_no, None, one.place)
        for one, unit in zip(shared.projects, ("石臼镇人民政府", "泉头乡人民政府"), strict=True)
    ]
    nobody = replace(shared.filing, township=None, unit_name=None)
    whole = [(f"{place}.docx", 0, filing(place, [project("道路维修", "1")])) for place in ("白杨甸镇", "青石乡")]
    before = [
        (f"{place}2022.docx", 0, filing(place, [project("保洁", "1")], year=2022)) for place in ("石臼镇", "泉头乡")
    ]
    together = ("汇总.docx", 1, replace(shared, filing=nobody, doubts=tuple(doubts)))
    mart = store_home(tmp_path, [*whole, *before, together]).mart("coverage")
    found = mart[(mart["fiscal_year"] == 2023) & mart["township"].isin(["石臼镇", "泉头乡"])]
    assert dict(zip(found["township"], found["status"], strict=True)) == {"石臼镇": "rejected", "泉头乡": "rejected"}
    assert len(found) == 2
