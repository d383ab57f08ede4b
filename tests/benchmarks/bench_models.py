"""Times all models on a large store: python tests/benchmarks/bench_models.py [--filings 10000].

The store is drawn with DuckDB straight as Parquet: townships over five years, 7 projects a filing, 10 indicators a
project. Prints the seconds of a build from nothing and of its slowest models, then of builds after several kinds of
news with the tables that were run for each, and the peak memory. The aim is 20 s and 4 GB for all models of 10,000
filings on two cores; what others do on the machine shows in the load, and processor seconds tell the work itself.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.models.build import build_database
from warehouse.models.swap import database_link
from warehouse.schema import rejected_files, stored_tables
from warehouse.store.parts import Parts
from warehouse.store.store import open_store

SHOWN_NAMES = 12
"""So many tables of a schema are named; of more, their number is told."""

TEXT = """
    create macro drawn_text(lot, township) as
        translate(
            md5(cast(if(lot % 10 < 6, lot % 401, lot) as varchar)) || md5(cast(if(lot % 10 < 6, lot % 401, lot) as varchar) || '+'),
            '0123456789abcdef', '村级组织运转经费办公用品购置补贴'
        ) || if(lot % 10 < 2, format('第{}镇', township), '')
"""
"""64 characters: four in ten stand alone, four are copied from a stock of 401, two are copied with a few words added."""
FILINGS = """
    select
        sha256('filing ' || n) as filing_id,
        format('乡镇{}_{}.docx', n // 5, 2020 + n % 5) as file_name,
        'docx' as format, '示例县' as county, format('第{}镇', n // 5) as township,
        format('{:06d}', n // 5) as unit_code, format('第{}镇人民政府', n // 5) as unit_name,
        unit_name as filer, 2020 + n % 5 as fiscal_year, if(hash(n) % 10 = 0, 'self_evaluation', 'targets') as doc_kind, 2015 as taxonomy,
        drawn_text(hash(n, 'goal'), n // 5) as overall_goal,
        timestamp '2024-01-01' + interval (n) minute as received_at, true as is_current,
        sha256('content ' || n) as content_hash, n
    from range({first}, {end}) as numbers (n)
"""
PROJECTS = """
    select
        filing_id, p as project_no, format('130208{}P{:06d}10006X', 20 + n % 5, n * 7 + p) as project_code,
        format('{}年项目类别{}', fiscal_year, hash(p, n // 5) % 40) as project_name,
        format('项目类别{}', hash(p, n // 5) % 40) as project_category,
        cast(1000 + hash(n, p) % 5000000 as decimal(18, 2)) as budget_yuan,
        cast(1000 + hash(n, p) % 5000000 as decimal(18, 2)) as fiscal_yuan,
        drawn_text(hash(n, p, 'purpose'), n // 5) as purpose,
        hash(n, p) % 20 = 0 as is_carryover, 1 as page, p * 2 as table_no, 1 as row_no, n, fiscal_year
    from filings cross join range(1, 8) as projects (p)
"""
SPENDING_PLAN = """
    select filing_id, project_no, month, cast(least(100, share * (0.8 + hash(n, project_no) % 5 / 10)) as decimal(24, 6))
        as cumulative_pct, format('{}%', share) as pct_raw, 1 as page, table_no, 5 as row_no
    from projects cross join (values (3, 25), (6, 50), (10, 75), (12, 100)) as points (month, share)
"""
OBJECTIVES = """
    select filing_id, project_no, o as objective_no, drawn_text(hash(n, project_no, o), n // 5) as objective_text, 1 as page, table_no, 6 + o as row_no
    from projects cross join range(1, 4) as objectives (o)
"""
INDICATORS = """
    select
        filing_id, project_no, i as indicator_no,
        if(i < 6, '产出指标', if(i < 10, '效益指标', '满意度指标')) as level1,
        ['数量', '数量', '质量', '时效', '成本', '经济效益', '社会效益', '生态效益', '可持续影响', '满意度'][i] as level2_group,
        level2_group || '指标' as level2,
        format('{}指标{}', level2_group, hash(project_category, i) % 60) as indicator, indicator as indicator_raw,
        case when i in (1, 2) then 'quantity' when i = 4 then 'date' when i = 5 then 'money'
            when i in (6, 7) then 'grade' when i = 8 then 'text' else 'percent' end as target_kind,
        case when i in (6, 7, 8) then null when i in (4, 5) then '<=' else '>=' end as comparator,
        case when i in (1, 2) then 1 + drawn % 40 when i in (3, 9, 10) then 80 + drawn % 20 end as value_low,
        case when i = 5 then 1000 + drawn % 90000 end as value_high,
        case when i in (1, 2) then '个' when i = 5 then '元/村' when target_kind = 'percent' then '%' end as unit,
        case when i in (1, 2) then 'count:个' when i = 5 then 'money/村' when target_kind = 'percent' then 'percent' end
            as unit_family,
        case when i = 4 then make_date(fiscal_year, 1 + cast(drawn % 12 as integer), 28) end as due_date,
        case when i in (6, 7) then '优' end as grade,
        coalesce(comparator, '') || coalesce(cast(coalesce(value_low, value_high) as varchar), '优') as target_raw,
        if(doc_kind = 'self_evaluation', target_raw, null) as actual_raw,
        if(doc_kind = 'self_evaluation', value_low, null) as actual_value_low, unit_family as actual_unit_family,
        if(doc_kind = 'self_evaluation', 10, null) as weight, if(doc_kind = 'self_evaluation', 9, null) as score,
        if(doc_kind = 'self_evaluation' and drawn % 10 > 0, '受天气影响，进度推迟', null) as deviation_reason,
        'rule' as name_method, 0.95 as name_confidence, 1 as page, table_no, 10 + i as row_no
    from (
        select *, hash(n, project_no, i) as drawn
        from projects join filings using (filing_id, n, fiscal_year) cross join range(1, 11) as indicators (i)
    )
"""
NARRATIVE_GOALS = """
    select filing_id, 'goal' as section, g as goal_no, format('第{}项目标', g) as title,
        drawn_text(hash(n, g), n // 5) as goal_text,
        1 as page, 0 as table_no, 0 as row_no
    from filings cross join range(1, 14) as goals (g)
"""
FINDINGS = """
    select filing_id, project_no, cast(null as integer) as indicator_no, 'drawn' as rule, 'warning' as severity,
        '示例' as message, 1 as finding_no, 1 as page, table_no, 1 as row_no
    from projects where project_no = 1
"""
UNREAD_CELLS = "select filing_id, 1 as page, 1 as table_no, 1 as row_no, 1 as col_no, '示例' as text, 'drawn' as reason from filings"

QUERIES = {
    "filings": FILINGS,
    "projects": PROJECTS,
    "spending_plan": SPENDING_PLAN,
    "objectives": OBJECTIVES,
    "indicators": INDICATORS,
    "narrative_goals": NARRATIVE_GOALS,
    "findings": FINDINGS,
    "unread_cells": UNREAD_CELLS,
}


def draw_store(home: Path, filings: int) -> None:
    """Write an invented store of so many filings, and a registry of their townships."""
    open_store(home, "bench").commit()
    _draw(home, 0, filings)
    write_registry(home, filings, {})


def add_filing(home: Path, filings: int) -> None:
    """Add one filing to a store of so many."""
    _draw(home, filings, filings + 1)


def reject_file(home: Path) -> None:
    """Add a file that could not be read."""
    row = {"file_name": "第7镇2024年绩效目标.pdf", "sha256": "f" * 64, "reason": "damaged", "detail": "打不开"}
    Parts(home / "parquet", {}).write_rejected(pa.Table.from_pylist([row], schema=rejected_files().schema))


def write_registry(home: Path, filings: int, aliases: Mapping[str, str], renamed: Mapping[str, str] = {}) -> None:
    """Write the registry of the drawn townships; a renamed one keeps its old name as an alias."""
    names = [f"第{number}镇" for number in range(-(-filings // 5))]
    lines = [f"{renamed.get(name, name)},{name if name in renamed else aliases.get(name, '')},12" for name in names]
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "townships.csv").write_text(
        "\n".join(["township,aliases,villages", *lines]) + "\n", encoding="utf-8"
    )


def _draw(home: Path, first: int, end: int) -> None:
    parts = Parts(home / "parquet", {})
    with duckdb.connect() as connection:
        connection.execute(TEXT)
        for name, query in QUERIES.items():
            drawn = query.replace("{first}", str(first)).replace("{end}", str(end))
            connection.execute(f"create table {name} as {drawn}")
        heads = _conform(connection, "filings")
        years = dict(zip(heads.column("filing_id").to_pylist(), heads.column("fiscal_year").to_pylist(), strict=True))
        for name in QUERIES:
            parts.put(name, [_conform(connection, name)], years, {})


def _conform(connection: duckdb.DuckDBPyConnection, name: str) -> pa.Table:
    """Give a drawn table with all stored columns, in their types; what was not drawn is null."""
    drawn = {row[0] for row in connection.execute(f"describe {name}").fetchall()}
    schema = stored_tables()[name].schema
    typed = [
        f"cast({column if column in drawn else 'null'} as {_type(of)}) as {column}"
        for column, of in zip(schema.names, schema.types, strict=True)
    ]
    return connection.sql(f"select {', '.join(typed)} from {name}").to_arrow_table().cast(schema)


def _type(of: pa.DataType) -> str:
    if pa.types.is_decimal(of):
        return f"decimal({of.precision}, {of.scale})"
    names = {pa.string(): "varchar", pa.int32(): "integer", pa.bool_(): "boolean", pa.date32(): "date"}
    return names.get(of, "timestamp")


def measure(home: Path, news: str) -> None:
    """Build, and print what it took and which tables were run."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    report = build_database(home)
    after = resource.getrusage(resource.RUSAGE_SELF)
    work = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    tables = [run for run in report.models if run.rows is not None]
    ran = [run for run in tables if not run.taken_over]
    print(
        f"{news}: build {report.seconds:.1f} s, of that models {report.model_seconds:.1f} s; {work:.1f} processor "
        f"seconds, load {os.getloadavg()[0]:.1f}; {len(ran)} tables run, {len(tables) - len(ran)} taken over"
    )
    for schema in ("core", "rules", "intermediate", "mart"):
        names = sorted(run.name.partition(".")[2] for run in ran if run.name.startswith(f"{schema}."))
        of_all = len(names) + sum(run.name.startswith(f"{schema}.") for run in tables if run.taken_over)
        if 0 < len(names) <= SHOWN_NAMES:
            print(f"    {schema}: {', '.join(names)}")
        elif names:
            print(f"    {schema}: {len(names)} of {of_all}")
    if len(ran) == len(tables):
        for run in sorted(ran, key=lambda run: -run.seconds)[:25]:
            print(f"{run.seconds:7.2f} s  {run.rows:>9} rows  {run.name}")


def main() -> None:
    """Draw, build, build again after news, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--filings", type=int, default=10_000)
    parser.add_argument(
        "--home", type=Path, help="keep the store here; an existing one is built as it is, without news"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = chosen.home or Path(temporary)
        is_drawn = not (home / "parquet").exists()
        if is_drawn:
            started = time.monotonic()
            draw_store(home, chosen.filings)
            print(f"drawn in {time.monotonic() - started:.1f} s")
        measure(home, "from nothing" if is_drawn else "as it is")
        print(f"database {database_link(home).stat().st_size / 1e6:.0f} MB")
        if is_drawn:
            print(f"without news: {build_database(home).seconds:.2f} s")
            write_registry(home, chosen.filings, {"第7镇": "第七镇"})
            measure(home, "an alias that nobody files under")
            write_registry(home, chosen.filings, {}, {"第7镇": "第七镇"})
            measure(home, "a township renamed")
            reject_file(home)
            measure(home, "a file rejected")
            add_filing(home, chosen.filings)
            measure(home, "a new filing")
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    sys.exit(main())
