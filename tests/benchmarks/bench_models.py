"""Times all models on a large store: python tests/benchmarks/bench_models.py [--filings 10000].

The store is drawn with DuckDB straight as Parquet: townships over five years, 7 projects a filing, 10 indicators a
project. Prints the seconds of every model, of the build, of a build without news and of one new filing's commit,
and the peak memory. The aim is 20 s and 4 GB for 10,000 filings on two cores.
"""

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.build import build_database
from warehouse.schema import stored_tables
from warehouse.store import open_store
from warehouse.store_parts import Parts

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
        2020 + n % 5 as fiscal_year, if(hash(n) % 10 = 0, 'self_evaluation', 'targets') as doc_kind, 2015 as taxonomy,
        drawn_text(hash(n, 'goal'), n // 5) as overall_goal,
        timestamp '2024-01-01' + interval (n) minute as received_at, true as is_current,
        sha256('content ' || n) as content_hash, n
    from range({filings}) as numbers (n)
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
        10 as weight, 9 as score, 'rule' as name_method, 0.95 as name_confidence, 1 as page, table_no, 10 + i as row_no
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
    """Write an invented store of so many filings."""
    open_store(home, "bench").commit()
    parts = Parts(home / "parquet")
    with duckdb.connect() as connection:
        connection.execute(TEXT)
        for name, query in QUERIES.items():
            connection.execute(f"create table {name} as {query.replace('{filings}', str(filings))}")
        heads = _conform(connection, "filings")
        years = dict(zip(heads.column("filing_id").to_pylist(), heads.column("fiscal_year").to_pylist(), strict=True))
        for name in QUERIES:
            if name != "filings":
                parts.put(name, [_conform(connection, name)], years)
    parts.write_filings(heads)


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


def main() -> None:
    """Draw, build, build again, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--filings", type=int, default=10_000)
    parser.add_argument("--home", type=Path, help="keep the store here; an existing one is used as it is")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = chosen.home or Path(temporary)
        if not (home / "parquet").exists():
            started = time.monotonic()
            draw_store(home, chosen.filings)
            print(f"drawn in {time.monotonic() - started:.1f} s")
        report = build_database(home)
        for run in sorted(report.models, key=lambda run: -run.seconds)[:25]:
            print(f"{run.seconds:7.2f} s  {run.rows or 0:>9} rows  {run.name}")
        print(f"build {report.seconds:.1f} s, of that models {sum(run.seconds for run in report.models):.1f} s")
        print(f"database {report.database.stat().st_size / 1e6:.0f} MB")
        print(f"build without news {build_database(home).seconds:.2f} s")
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


if __name__ == "__main__":
    sys.exit(main())
