"""``jixiao terms``: names that may be one thing, what is not mapped for sure, and the county's decisions about them."""

import sys
from dataclasses import replace
from pathlib import Path

from rapidfuzz import fuzz, process

from pipelines.night.county import county_file_error, load_county, terms_path
from pipelines.night.lock import locked
from pipelines.terminal.errors import WRONG_USAGE, CommandError
from pipelines.terminal.homes import create_home, need_database
from pipelines.terminal.output_format import OutputFormat
from pipelines.terminal.query_output import Result, connect_read_only, read_result, write_result
from transforms.names.indicators import are_told_apart, is_listed
from transforms.names.terms import Term
from warehouse.county.files import CountyFileError
from warehouse.county.proposals import Proposal, find_proposals
from warehouse.county.terms_file import record_terms
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
RAW_NAMES = "select indicator_raw, min(indicator) from core.indicators where indicator is not null group by 1"
METHODS = {"fuzzy": "相似", "unmapped": "未归并"}
HEADINGS = ("名称", "二级指标组", "单位族", "现状", "归并为或建议", "乡镇数", "条数", "涉及预算（元）")
NUMERIC = (False, False, False, False, False, True, True, True)


CATEGORIES_IN_USE = (
    "select distinct project_category, project_category from core.projects where project_category is not null"
)
KINDS = {"indicator": "指标", "project": "项目"}
PROPOSAL_HEADINGS = (
    "编号",
    "类别",
    "二级指标组",
    "名称",
    "归并为",
    "依据",
    "乡镇数",
    "规范名称乡镇数",
    "涉及预算（元）",
)
PROPOSAL_NUMERIC = (True, False, False, False, False, False, True, True, True)


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


def list_proposals(home: Home, output: OutputFormat) -> int:
    """List the names that may be one thing, numbered, on one screen; which are accepted is said by their numbers."""
    with connect_read_only(need_database(home)) as connection:
        proposals = find_proposals(connection, load_county(home).terms)
    rows = tuple(
        (
            number,
            KINDS[p.kind],
            p.level2_group,
            p.name,
            p.canonical,
            p.reasons,
            p.filers,
            p.canonical_filers,
            p.budget_yuan,
        )
        for number, p in enumerate(proposals, start=1)
    )
    write_result(Result(PROPOSAL_HEADINGS, PROPOSAL_NUMERIC, rows), output, sys.stdout)
    print(
        f"共 {len(rows)} 组名称可能是同一件事。接受：jixiao terms accept-proposals 1 3-5（或 all）；其余不变。",
        file=sys.stderr,
    )
    return 0


def accept_proposals(home: Home, numbers: list[str]) -> int:
    """Accept the proposals with these numbers ("2", "4-6", "all"); all of them or, where one is unknown, none."""
    with connect_read_only(need_database(home)) as connection:
        proposals = find_proposals(connection, load_county(home).terms)
    chosen = _choose(proposals, numbers)
    terms = [one.term("accept") for one in chosen]
    for one in terms:
        print(f"{KINDS[one.kind]}“{one.raw}”归并为“{one.canonical}”")
    return _write(home, terms)


def _choose(proposals: list[Proposal], numbers: list[str]) -> list[Proposal]:
    wanted: set[int] = set()
    for text in numbers:
        first, _, last = text.partition("-")
        if text in ("all", "全部"):
            wanted |= set(range(1, len(proposals) + 1))
        elif first.isdigit() and (last.isdigit() or not last):
            wanted |= set(range(int(first), int(last or first) + 1))
        else:
            raise CommandError(f"“{text}”不是编号。", "请写 3、5-8 或 all。", WRONG_USAGE)
    unknown = sorted(wanted - set(range(1, len(proposals) + 1)))
    if unknown or not wanted:
        raise CommandError(
            f"没有编号 {unknown[0] if unknown else ''} 的建议。", "请先运行 jixiao terms proposals。", WRONG_USAGE
        )
    return [proposals[number - 1] for number in sorted(wanted)]


def decide_term(home: Home, term: Term) -> int:
    """Write a decision into the county's terms; the next run names the stored records anew.

    A name is accepted only as one that is known; a name that only its raw spelling uses is the name that it was given.
    """
    if term.decision == "accept":
        term = replace(term, canonical=_known(home, term.canonical, term.kind))
    return _write(home, [term])


def _write(home: Home, decisions: list[Term]) -> int:
    with locked(home):
        create_home(home)
        path: Path = terms_path(home)
        try:
            record_terms(path, decisions)
        except CountyFileError as error:
            raise county_file_error(home, error) from error
        except ValueError as error:
            raise CommandError(f"{error}。", "请写出名称和规范名称。", WRONG_USAGE) from error
    print(f"已写入 {path}。下次运行 jixiao run 时生效，不需要重读文件。")
    return 0


def _known(home: Home, canonical: str, kind: str) -> str:
    """Give the name in use that ``canonical`` is; asks back where nobody knows it."""
    names: dict[str, str] = {}
    if home.database.exists():
        query = RAW_NAMES if kind == "indicator" else CATEGORIES_IN_USE
        with connect_read_only(home.database) as connection:
            names = {str(raw): str(name) for raw, name in read_result(connection, query).rows}
    taught = {term.canonical for term in load_county(home).terms.terms if term.kind == kind}
    if canonical in names.values() or canonical in taught or (kind == "indicator" and is_listed(canonical)):
        return canonical
    if canonical in names:
        print(f"“{canonical}”现在叫“{names[canonical]}”，按后者记入。", file=sys.stderr)
        return names[canonical]
    alike = suggest(canonical, sorted(set(names.values())))
    hint = f"最相近的是：{alike}。" if alike else ""
    raise CommandError(
        f"没有“{canonical}”这个规范名称。", f"{hint}确要使用新的名称，请用 jixiao terms rename。", WRONG_USAGE
    )


def suggest(raw: str, names: list[str]) -> str:
    """Give up to three names in use that a name is like, the likest first; never an opposite."""
    possible = [name for name in names if name != raw and not are_told_apart(raw, name)]
    return "、".join(
        name for name, _, _ in process.extract(raw, possible, scorer=fuzz.ratio, limit=3, score_cutoff=LIKENESS)
    )
