"""carryover_ageing, filed_twice, standard_comparison and cost_share against pandas, and their judgements one by one."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from tests.warehouse.compared_frames import KEY, assert_close, plan_indicators, plan_projects
from tests.warehouse.invented_county import TOWNSHIPS, County, store_home
from tests.warehouse.invented_filings import filing, project
from transforms.records import Doubt, FilingRecords, Place


def test_carried_money_is_aged_as_pandas_ages_it(county: County) -> None:
    projects = plan_projects(county)
    prior = projects["is_carryover"] | (projects["project_year"] < projects["fiscal_year"]).fillna(False)
    part = projects[["carryover_yuan", "budget_yuan"]].min(axis=1)
    carried = projects["budget_yuan"].where(prior | projects["budget_yuan"].isna(), part)
    wanted = projects.assign(carried=carried)[prior | (projects["carryover_yuan"] > 0)]
    from_year = wanted["project_year"].where(wanted["project_year"] < wanted["fiscal_year"])
    wanted = wanted.assign(age=(wanted["fiscal_year"] - from_year).astype(float))
    sound = (
        wanted[~wanted["is_held"]]
        .groupby(["fiscal_year", "township"])["carried"]
        .sum(min_count=1)
        .rename("township_carried")
    )
    ageing = wanted["age"].map(lambda age: "unknown" if pd.isna(age) else "over" if age >= 2 else "within")
    wanted = wanted.assign(ageing=ageing.where(~wanted["is_held"], "held"))
    wanted = wanted.merge(sound.reset_index(), on=["fiscal_year", "township"], how="left")
    mart = county.mart("carryover_ageing")
    columns = {"carried_yuan": "carried", "age_years": "age", "township_carried_yuan": "township_carried"}
    assert_close(mart, wanted, ["filing_id", "project_no"], {**columns, "ageing": "ageing"})
    assert {"within", "unknown"} <= set(mart["ageing"])


@pytest.mark.parametrize(
    ("name", "year", "ageing"), [("2021年防汛经费结转", 2023, "over"), ("2022年防汛经费结转", 2023, "within")]
)
def test_money_of_two_years_is_over_and_of_one_is_not(tmp_path: Path, name: str, year: int, ageing: str) -> None:
    mart = store_home(tmp_path, [("a.docx", 0, filing("甲镇", [project(name)], year=year))]).mart("carryover_ageing")
    assert mart["ageing"].tolist() == [ageing]


def _doubted(records: FilingRecords) -> FilingRecords:
    doubt = Doubt("budget_yuan", "100000", "two_values", 1, None, Place(1, 2, 1))
    return replace(records, doubts=(doubt,))


def test_what_is_doubted_is_neither_aged_nor_told_to_be_filed_twice(tmp_path: Path) -> None:
    records = _doubted(filing("甲镇", [project("2020年修路经费"), project("2020年修路经费")], year=2023))
    county = store_home(tmp_path, [("a.docx", 0, records)])
    assert "held" in set(county.mart("carryover_ageing")["ageing"])
    assert county.mart("filed_twice")["basis"].tolist() == ["held"]
    assert county.mart("filed_twice")["twice_yuan"].isna().all()


PURPOSE = "用于全镇各村防汛物资购置、巡堤人员补助和排水设备维护等方面的支出"


@pytest.mark.parametrize(
    ("one", "other", "basis"),
    [
        (project("防汛经费", "50000"), project("防汛经费", "50000"), "name_amount"),
        (project("防汛经费", "50000"), project("防汛经费", "60000"), "name"),
        (project("防汛经费", "50000"), project("2022年防汛经费结转", "50000"), None),
        (project("防汛经费", "50000", code="130208230001"), project("抗旱费", "1", code="130208230001"), "code"),
        (project("防汛经费", "50000", purpose=PURPOSE), project("抗旱费", "50000", purpose=PURPOSE), "purpose_amount"),
        (project("防汛经费", "50000", purpose="办公"), project("抗旱费", "50000", purpose="办公"), None),
    ],
)
def test_pairs_that_may_be_one_project(
    tmp_path: Path, one: FilingRecords, other: FilingRecords, basis: str | None
) -> None:
    mart = store_home(tmp_path, [("a.docx", 0, filing("甲镇", [one, other]))]).mart("filed_twice")
    assert mart["basis"].tolist() == ([basis] if basis else [])


def test_pairs_are_those_that_pandas_finds(county: County) -> None:
    projects = plan_projects(county)
    projects = projects[projects["budget_yuan"] > 0].assign(
        prior=projects["is_carryover"] | (projects["project_year"] < projects["fiscal_year"]).fillna(False)
    )
    both = projects.merge(projects, on=["fiscal_year", "township", "project_category", "prior"], suffixes=("", "_o"))
    both = both[
        (both["filing_id"] + both["project_no"].astype(str)) > (both["filing_id_o"] + both["project_no_o"].astype(str))
    ]
    assert len(county.mart("filed_twice")) == len(both)


STANDARDS = (
    "indicator,level2_group,target,fiscal_year,source,note,applies_to\n村级运转经费,,≥12000元/村,,某号文件,,预算\n"
)


def test_budgets_meet_the_standard_times_the_villages(tmp_path: Path) -> None:
    registry = "township,aliases,division_code,unit_codes,villages,population,expected_kinds,note\n甲镇,,,,10,,targets,\n乙镇,,,,20,,targets,\n丙镇,,,,,,targets,\n"
    filed = [
        (f"{name}.docx", 0, filing(name, [project("村级运转经费", budget)]))
        for name, budget in (("甲镇", "119960"), ("乙镇", "239900"), ("丙镇", "100000"))
    ]
    county = store_home(tmp_path, filed, {"townships.csv": registry, "standards.csv": STANDARDS})
    mart = county.mart("standard_comparison").set_index("township")
    villages = pd.Series({"甲镇": 10, "乙镇": 20})
    assert mart["standard_total_yuan"].dropna().to_dict() == (villages * 12000.0).to_dict()
    assert mart["difference_yuan"].dropna().to_dict() == {"甲镇": -40, "乙镇": -100}
    assert mart["standing"].to_dict() == {"甲镇": "met", "乙镇": "below", "丙镇": "no_size"}


def test_price_times_count_is_shared_as_pandas_computes_it(county: County) -> None:
    goals = plan_indicators(county)
    prices = goals[goals["indicator_raw"] == "每村补助标准"].set_index(["filing_id", "project_no"])
    counts = goals[goals["indicator_raw"] == "补助村数"].set_index(["filing_id", "project_no"])
    heads = plan_projects(county).set_index(["filing_id", "project_no"])
    held = prices["is_held"] | counts["is_held"] | heads["is_held"].reindex(prices.index)
    product = prices["value_high"] * counts["value_low"]
    wanted = prices.assign(product=product, budget=heads["budget_yuan"], held=held).dropna(subset=["budget"])
    wanted["share"] = 100 * wanted["product"] / wanted["budget"]
    over = wanted["product"] - wanted["budget"] > (0.03 * wanted["budget"]).clip(lower=50)
    wanted["covering"] = (wanted["share"] >= 97).map({True: "whole", False: "part"}).mask(over, "over")
    wanted["covering"] = wanted["covering"].mask(wanted["held"], "held")
    mart = county.mart("cost_share")
    columns = {"product_yuan": "product", "share_pct": "share", "covering": "covering"}
    assert_close(mart, wanted.reset_index(), KEY, columns)
    assert {"over", "part"} <= set(mart["covering"]) and set(mart["township"]) <= set(TOWNSHIPS)
