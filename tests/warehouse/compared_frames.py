"""What the marts should be made of, put together with pandas from the core tables alone, and a close comparison."""

import numpy as np
import pandas as pd

from tests.warehouse.invented_county import County

KEY = ["filing_id", "project_no", "indicator_no"]


def counted(county: County, table: str) -> pd.DataFrame:
    """Give the rows of a table of projects or indicators without the projects that a later filing holds anew.

    Year and township are left to the filings.
    """
    filings = county.table("filings").dropna(subset=["projects_replaced"])
    parts = filings[["filing_id", "projects_replaced"]].itertuples(index=False)
    gone = {(filing_id, int(number)) for filing_id, numbers in parts for number in numbers.split()}
    rows = county.table(table).drop(columns=["fiscal_year", "township"], errors="ignore")
    places = zip(rows["filing_id"], rows["project_no"], strict=True)
    return rows[[place not in gone for place in places]]


def plan_projects(county: County) -> pd.DataFrame:
    """Give the projects of current filings; of a township's year its plan, or where it filed none its evaluation."""
    filings = county.table("filings")
    filings = filings[filings["is_current"]]
    has_plan = filings[filings["doc_kind"] == "targets"].groupby(["township", "fiscal_year"]).size()
    counts = [
        kind == "targets" or (township, year) not in has_plan.index
        for kind, township, year in filings[["doc_kind", "township", "fiscal_year"]].itertuples(index=False)
    ]
    heads = filings[counts][["filing_id", "township", "fiscal_year", "doc_kind", "file_name"]]
    return counted(county, "projects").drop(columns="unit_name").merge(heads, on="filing_id")


def plan_indicators(county: County) -> pd.DataFrame:
    """Give the indicators of those projects, with the family that they are compared in."""
    projects = plan_projects(county)[
        [
            "filing_id",
            "project_no",
            "township",
            "fiscal_year",
            "doc_kind",
            "project_category",
            "is_carryover",
            "file_name",
        ]
    ]
    indicators = counted(county, "indicators").merge(projects, on=["filing_id", "project_no"])
    return indicators.assign(family=indicators["unit_family"].fillna(indicators["target_kind"]))


def assert_close(mart: pd.DataFrame, wanted: pd.DataFrame, key: list[str], columns: dict[str, str]) -> None:
    """Compare columns of a mart with columns of a frame, row by row; both must have the same keys, once each."""
    left = mart.assign(**{name: mart[name].astype(object) for name in key}).set_index(key).sort_index()
    right = wanted.assign(**{name: wanted[name].astype(object) for name in key}).set_index(key).sort_index()
    assert left.index.is_unique and right.index.is_unique
    assert list(left.index) == list(right.index)
    assert len(left) > 0, "nothing to compare"
    for of_mart, of_wanted in columns.items():
        found, expected = left[of_mart], right[of_wanted]
        if pd.api.types.is_numeric_dtype(found) and pd.api.types.is_numeric_dtype(expected):
            same = np.isclose(
                found.astype(float).to_numpy(),
                expected.astype(float).to_numpy(),
                rtol=1e-6,
                atol=0.0051 if of_mart.endswith("_yuan") else 6e-5,
                equal_nan=True,
            )
        else:
            same = (found.isna() & expected.isna()).to_numpy() | (found.astype(str) == expected.astype(str)).to_numpy()
        assert same.all(), f"{of_mart}:\n{pd.DataFrame({'mart': found, 'wanted': expected})[~same].head()}"
