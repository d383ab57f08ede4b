"""``jixiao terms``: what is not mapped for sure, by how much it concerns, and the county's decisions about it."""

import sys
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from pipelines.night.county import load_county, terms_path
from pipelines.night.lock import locked
from pipelines.terminal.errors import WRONG_USAGE, CommandError
from pipelines.terminal.homes import create_home, need_database
from pipelines.terminal.output_format import OutputFormat
from pipelines.terminal.query_output import Result, connect_read_only, read_result, write_result
from transforms.names.terms import Term, decide
from warehouse.county.terms_file import save_terms
from warehouse.home import Home

UNSURE_NAMES = """
select
    i.indicator_raw,
    i.level2_group,
    i.unit_family,
    i.name_method,
    i.indicator,
    count(distinct coalesce(f.township, f.file_name)) as townships,
    count(*) as indicators,
    sum(p.budget_yuan) as budget_yuan
from core.indicators as i
inner join core.filings as f on i.filing_id = f.filing_id and f.is_current
inner join core.projects as p on i.filing_id = p.filing_id and i.project_no = p.project_no
where i.name_method in ('fuzzy', 'unmapped')
group by all
order by townships desc, budget_yuan desc nulls last, i.indicator_raw, i.level2_group, i.unit_family
"""
NAMES_IN_USE = """
select distinct level2_group, indicator
from core.indicators
where name_method in ('alias', 'rule', 'county_term') and indicator is not null
"""
LIKENESS = 55
"""rapidfuzz ratio (0–100) from which a name in use is worth suggesting; a person decides."""
METHODS = {"fuzzy": "相似", "unmapped": "未归并"}
HEADINGS = ("名称", "二级指标组", "单位族", "现状", "归并为或建议", "乡镇数", "条数", "涉及预算（元）")
NUMERIC = (False, False, False, False, False, True, True, True)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a decision holds: in one level-2 group and unit family, or, where empty, in any."""

    level2_group: str
    unit_family: str


def list_terms(home: Home, output: OutputFormat, limit: int | None) -> int:
    """List the names that are only like a listed one, or like none, those that concern most first."""
    with connect_read_only(need_database(home)) as connection:
        found = read_result(connection, UNSURE_NAMES)
        in_use = read_result(connection, NAMES_IN_USE).rows
    rows = []
    for raw, group, family, method, indicator, *counts in found.rows[:limit]:
        names = [str(name) for other, name in in_use if other == group]
        proposal = indicator if method == "fuzzy" else suggest(str(raw), names)
        rows.append((raw, group, family, METHODS[str(method)], proposal, *counts))
    write_result(Result(HEADINGS, NUMERIC, tuple(rows)), output, sys.stdout)
    print(
        f"共 {len(found.rows)} 个名称有待确认。确认：jixiao terms accept 名称 规范名称；"
        "否定：jixiao terms reject 名称；另起名：jixiao terms rename 名称 新名称。",
        file=sys.stderr,
    )
    return 0


def decide_term(home: Home, decision: str, raw: str, canonical: str, scope: Scope, note: str) -> int:
    """Write a decision into the county's terms; the next run names the stored records anew."""
    term = Term(raw, canonical, decision, scope.level2_group, scope.unit_family, note)
    with locked(home):
        create_home(home)
        try:
            terms = decide(load_county(home).terms, term)
        except ValueError as error:
            raise CommandError(f"{error}。", "请写出指标名称和规范名称。", WRONG_USAGE) from error
        path: Path = terms_path(home)
        save_terms(path, terms)
    print(f"已写入 {path}。下次运行 jixiao run 时生效，不需要重读文件。")
    return 0


def suggest(raw: str, names: list[str]) -> str:
    """Give up to three names in use that a name is like, the likest first."""
    return "、".join(
        name for name, _, _ in process.extract(raw, names, scorer=fuzz.ratio, limit=3, score_cutoff=LIKENESS)
    )
