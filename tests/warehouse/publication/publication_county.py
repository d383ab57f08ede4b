"""Builds a small invented county as a DuckDB file with the marts' real columns, for the tests of publication."""

import csv
import hashlib
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median

import duckdb
from docx import Document

from tests.places import ROOT

CATALOGUE = ROOT / "sql" / "marts"
NAMES = [
    "石桥镇",
    "青山乡",
    "白杨镇",
    "柳林乡",
    "沙河镇",
    "泉头乡",
    "梨园镇",
    "松岭乡",
    "大营镇",
    "金沟乡",
    "双塔镇",
    "北坪乡",
]
LABELS = [
    ("cost_comparison", "outlier", "high", "明显偏高"),
    ("cost_comparison", "outlier", "low", "明显偏低"),
    ("cost_comparison", "outlier", "normal", "正常"),
    ("cost_comparison", "outlier", "too_few_peers", "可比乡镇不足"),
    ("budget_comparison", "outlier", "high", "明显偏高"),
    ("budget_comparison", "outlier", "low", "明显偏低"),
    ("budget_comparison", "outlier", "normal", "正常"),
    ("cost_comparison", "price_kind", "cap", "上限"),
    ("cost_comparison", "price_kind", "fixed", "固定"),
    ("target_comparison", "strictness", "stricter", "明显偏严"),
    ("target_comparison", "strictness", "normal", "正常"),
    ("target_comparison", "strictness", "looser", "明显偏松"),
    ("target_comparison", "strictness", "alone", "只有本乡镇"),
    ("target_comparison", "strictness", "not_comparable", "不比较"),
    ("review_findings", "severity", "error", "须改正"),
    ("review_findings", "severity", "warning", "请核对"),
    ("coverage", "doc_kind", "targets", "绩效目标"),
    ("coverage", "status", "filed", "已报"),
    ("coverage", "status", "missing", "未报"),
]
CATEGORIES = [
    "村级办公经费",
    "环境卫生整治",
    "道路养护",
    "村组干部报酬",
    "防汛抗旱",
    "文化活动",
    "林业管护",
    "便民服务",
    "安全生产",
    "会议培训",
]
SPITEFUL = '<script>alert("x")</script>=1+1'

Record = dict[str, object]


def build_county(
    path: Path,
    *,
    townships: int = 6,
    projects: int = 2,
    years: tuple[int, ...] = (2023,),
    rejected: bool = True,
    inbox: Path | None = None,
) -> Path:
    """Write a county with so many townships, projects a township and years; project 2 has a hostile name.

    With ``inbox`` the filings exist there, as DOCX files whose tables hold the quoted cells in their places.
    """
    filings = [_filing(t, year) for year in years for t in range(townships)]
    for filing in filings if inbox else ():
        _write_filing(inbox / str(filing["file_name"]), filing, projects)
    rows: dict[str, list[Record]] = {name: [] for name in _catalogue()}
    for filing in filings:
        _fill_filing(rows, filing, projects, townships)
    _compare(rows)
    with duckdb.connect(str(path)) as connection:
        _write_catalogue(connection)
        for name, records in rows.items():
            _insert(connection, f"mart.{name}", records)
        for name, records in rows.items():
            connection.execute("update mart.tables set row_count = ? where table_name = ?", [len(records), name])
        _insert(connection, "core.filings", filings)
        if rejected:
            _insert(connection, "core.rejected_files", [_rejected()])
    return path


def _filing(t: int, year: int) -> Record:
    name = _township(t)
    return {
        "filing_id": f"{t:032x}{year:032x}",
        "file_name": f"{name}{year}年绩效目标（虚构样例）.docx",
        "format": "docx",
        "county": "青禾县（虚构）",
        "township": name,
        "unit_code": f"{401 + t}001",
        "unit_name": f"{name}人民政府",
        "fiscal_year": year,
        "doc_kind": "targets",
        "received_at": datetime(2023, 3, 1, 20, 0),
        "is_current": True,
    }


def _write_filing(path: Path, filing: Record, projects: int) -> None:
    t, year = _numbers(filing)
    document = Document()
    for p in range(projects):
        for grid in (document.add_table(rows=14, cols=4), document.add_table(rows=1, cols=1)):
            for number, row in enumerate(grid.rows, 1):
                for cell in row.cells:
                    cell.text = f"第{number}行"
            if len(grid.rows) > 1:
                grid.rows[11].cells[3].text = f"≤{_cost(t, p, year)}元/村"
            document.add_paragraph("表后")
    document.save(str(path))
    filing["filing_id"] = hashlib.sha256(path.read_bytes()).hexdigest()


def _numbers(filing: Record) -> tuple[int, int]:
    return int(str(filing["unit_code"])[:3]) - 401, int(str(filing["fiscal_year"]))


def _cost(t: int, p: int, year: int) -> Decimal:
    return Decimal(4000 + 500 * p + (t * 37 % 11) * 100 + (9000 if t == 2 else 0) + (year % 10))


def _township(t: int) -> str:
    return NAMES[t] if t < len(NAMES) else f"第{t + 1}镇"


def _rejected() -> Record:
    return {
        "file_name": "坏文件.docx",
        "sha256": "ab" * 32,
        "reason": "damaged",
        "detail": "压缩包不完整",
        "rejected_at": datetime(2023, 3, 2, 1, 0),
    }


def _fill_filing(rows: dict[str, list[Record]], filing: Record, projects: int, townships: int) -> None:
    t, year = _numbers(filing)
    total = sum(_budget(t, p, year) for p in range(projects))
    head = {key: filing[key] for key in ("fiscal_year", "county", "township", "unit_code", "unit_name", "doc_kind")}
    for p in range(projects):
        category = CATEGORIES[p % len(CATEGORIES)] + (SPITEFUL if p == 1 else "")
        project: Record = {
            **head,
            **{key: filing[key] for key in ("filing_id", "file_name")},
            "project_no": p + 1,
            "project_code": f"13020823P0000{t:02d}{p:02d}",
            "project_name": f"{year}年{category}",
            "project_category": category,
            "page": None,
            "table_no": 2 * p + 1,
        }
        _fill_project(rows, project, t, p, year)
        budget = _budget(t, p, year)
        rows["budget_comparison"].append(
            {
                **project,
                "status": "filed",
                "projects": 1,
                "total_yuan": budget,
                "current_yuan": budget,
                "carryover_yuan": Decimal(0),
                "fiscal_yuan": budget,
                "township_total_yuan": total,
                "share_of_township_pct": float(budget / total * 100),
                "townships": townships,
                "row_no": 3,
            }
        )
    rows["coverage"].append(
        {
            **head,
            "status": "filed",
            "is_expected": True,
            "filings_seen": 1,
            "filings_current": 1,
            "projects": projects,
            "indicators": projects * 7,
            "quantified_pct": 71.4,
            "completeness_pct": 100.0,
            "last_received_at": filing["received_at"],
            "findings_error": 1,
            "findings_warning": 0,
            "filing_id": filing["filing_id"],
            "file_name": filing["file_name"],
        }
    )


def _fill_project(rows: dict[str, list[Record]], project: Record, t: int, p: int, year: int) -> None:
    group = {
        **project,
        "level2_group": "成本",
        "indicator": f"{project['project_category']}标准",
        "unit_family": "元/村",
    }
    cost = _cost(t, p, year)
    cost_row = {**group, "indicator_raw": "每村金额", "target_raw": f"≤{cost}元/村", "row_no": 12, "indicator_no": 7}
    rows["cost_comparison"].append(
        {**cost_row, "unit": "元/村", "per_what": "村", "price_kind": "cap", "value_yuan": cost, "compared_yuan": cost}
        | {"township_value_yuan": cost, "last_year_yuan": cost - 100, "change_pct": 100.0 / float(cost) * 100}
    )
    for i, name in enumerate(["村数", "合格率", "完成及时率", "满意度", "覆盖率", "可持续影响"], 1):
        value = Decimal(85 + (t * 7 + i * p) % 15)
        text = i == 6
        rows["target_comparison"].append(
            {
                **project,
                "level1": "产出指标",
                "level2_group": "质量",
                "indicator": name,
                "indicator_raw": name,
                "unit_family": "%",
                "target_raw": "=SUM(A1)" if text and t == 1 else "明显提升" if text else f"≥{value}%",
                "target_kind": "text" if text else "percent",
                "is_qualitative": text,
                "comparator": None if text else ">=",
                "value": None if text else value,
                "value_unit": None if text else "%",
                "polarity": "none" if text else "higher",
                "denominator": None if text else "总量",
                "strictness": "not_comparable" if text else None,
                "township_qualitative_pct": 14.3,
                "indicator_no": i,
                "row_no": 5 + i,
            }
        )
    pattern = (25, 50, 75, 100) if t % 3 else (10, 30, 80, 100)
    for month, pct in zip((3, 6, 10, 12), pattern, strict=True):
        budget = _budget(t, p, year)
        rows["schedule_comparison"].append(
            {
                **project,
                "scope": "project",
                "month": month,
                "cumulative_pct": Decimal(pct),
                "cumulative_yuan": budget * pct / 100,
                "budget_yuan": budget,
                "projects": 1,
                "plan_pattern": " ".join(f"{m}:{v}" for m, v in zip((3, 6, 10, 12), pattern, strict=True)),
                "pace": "even" if t % 3 else "back",
                "row_no": 5,
            }
        )
    if p == 0:
        rows["review_findings"].append(
            {**project, "rule": "R18", "rule_title": "成本与预算不符", "severity": "error", "row_no": 12}
            | {"message": f"成本指标上限 {cost}元×24个，高于预算数", "evidence": f"≤{cost}元/村", "origin": "rule"}
        )
        rows["deadline_comparison"].append(
            {**group, "indicator": "完成时间", "indicator_raw": "完成时间", "target_raw": "12月底前", "row_no": 9}
            | {"due_date": date(year, 12, 31), "peers": 1, "in_fiscal_year": True, "indicator_no": 3}
        )


def _budget(t: int, p: int, year: int) -> Decimal:
    return Decimal(100000 + 25000 * ((t * 5 + p * 3) % 9) + (year % 10) * 1000)


def _compare(rows: dict[str, list[Record]]) -> None:
    """Fill in the peers' figures as the models do, simply."""
    for name, keys, value, middle in (
        ("cost_comparison", ("fiscal_year", "indicator"), "value_yuan", "county_median_yuan"),
        ("target_comparison", ("fiscal_year", "indicator"), "value", "county_median"),
        ("budget_comparison", ("fiscal_year", "project_category"), "current_yuan", "county_median_yuan"),
    ):
        for row in rows[name]:
            mates = [r for r in rows[name] if all(r[k] == row[k] for k in keys) and r[value] is not None]
            if row[value] is None:
                continue
            centre = median(Decimal(str(r[value])) for r in mates)
            own = Decimal(str(row[value]))
            row["peers"] = len({r["township"] for r in mates}) - 1
            row[middle] = centre
            row["rank_high"] = 1 + sum(Decimal(str(r[value])) > own for r in mates)
            if name == "target_comparison":
                row["strictness_distance"] = own - centre
                row["strictness_rank"] = row.pop("rank_high")
                row["strictness"] = (
                    "alone"
                    if len(mates) == 1
                    else "normal"
                    if own == centre
                    else "stricter"
                    if own > centre
                    else "looser"
                )
                continue
            row["ratio_to_median"] = float(own / centre)
            few = len(mates) < 6
            row["outlier"] = "too_few_peers" if few else "high" if own > 2 * centre else "normal"
    _sum_schedule(rows["schedule_comparison"])


def _sum_schedule(rows: list[Record]) -> None:
    for scope, keys in (
        ("township", ("fiscal_year", "township", "county", "month")),
        ("county", ("fiscal_year", "month")),
    ):
        sums: dict[tuple[object, ...], Record] = {}
        for row in [r for r in rows if r["scope"] == "project"]:
            total = sums.setdefault(
                tuple(row[k] for k in keys),
                {"scope": scope, **{k: row[k] for k in keys}, "cumulative_yuan": Decimal(0), "budget_yuan": Decimal(0)},
            )
            for name in ("cumulative_yuan", "budget_yuan"):
                total[name] = Decimal(str(total[name])) + Decimal(str(row[name]))
        for total in sums.values():
            total["cumulative_pct"] = Decimal(str(total["cumulative_yuan"])) / Decimal(str(total["budget_yuan"])) * 100
            total["pace"] = "even"
        rows.extend(sums.values())


def _catalogue() -> dict[str, list[dict[str, str]]]:
    with (CATALOGUE / "columns.csv").open(encoding="utf-8-sig", newline="") as file:
        found: dict[str, list[dict[str, str]]] = {}
        for row in csv.DictReader(file):
            if not row["table"].startswith("core."):
                found.setdefault(row["table"], []).append(row)
    return found


def _write_catalogue(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("create schema mart; create schema core")
    connection.execute("""
        create table mart.tables (table_name varchar, title varchar, grain varchar, meaning varchar, row_count bigint);
        create table mart.columns (table_name varchar, column_no integer, column_name varchar, data_type varchar,
            heading varchar, meaning varchar, lineage varchar, form_field varchar);
        create table mart.labels (table_name varchar, column_name varchar, code varchar, label varchar);
        create table core.filings (filing_id varchar, file_name varchar, format varchar, county varchar,
            township varchar, unit_code varchar, unit_name varchar, fiscal_year integer, doc_kind varchar,
            received_at timestamp, is_current boolean, overall_goal varchar);
        create table core.narrative_goals (filing_id varchar, section varchar, goal_no integer, title varchar,
            goal_text varchar, indicator_text varchar, page integer, table_no integer, row_no integer);
        create table core.indicators (filing_id varchar, project_no integer, indicator_no integer, indicator varchar,
            indicator_raw varchar, target_raw varchar, page integer, table_no integer, row_no integer);
        create table core.objectives (filing_id varchar, project_no integer, objective_no integer,
            objective_text varchar, page integer, table_no integer, row_no integer);
        create table core.projects (filing_id varchar, project_no integer, purpose varchar, page integer,
            table_no integer, row_no integer);
        create table core.rejected_files (file_name varchar, sha256 varchar, reason varchar, detail varchar,
            rejected_at timestamp);
    """)
    connection.executemany("insert into mart.labels values (?, ?, ?, ?)", LABELS)
    with (CATALOGUE / "tables.csv").open(encoding="utf-8-sig", newline="") as file:
        titles = {row["table"]: row for row in csv.DictReader(file)}
    for name, columns in _catalogue().items():
        head = titles[name]
        connection.execute(
            "insert into mart.tables values (?, ?, ?, ?, 0)", [name, head["title"], head["grain"], head["meaning"]]
        )
        connection.executemany(
            "insert into mart.columns values (?, ?, ?, ?, ?, ?, null, null)",
            [(name, n, c["column"], c["type"], c["heading"], c["meaning"]) for n, c in enumerate(columns, 1)],
        )
        connection.execute(f"create table mart.{name} ({', '.join(c['column'] + ' ' + c['type'] for c in columns)})")


def _insert(connection: duckdb.DuckDBPyConnection, place: str, records: list[Record]) -> None:
    names = [row[0] for row in connection.execute(f"describe {place}").fetchall()]
    marks = ", ".join("?" for _ in names)
    if records:
        connection.executemany(
            f"insert into {place} values ({marks})", [[record.get(name) for name in names] for record in records]
        )
