"""How changes between two publications are said in Chinese, alike in the workbook and on the command line."""

from collections.abc import Mapping
from decimal import Decimal

from warehouse.publication.editions.changes import Kind, RowChange
from warehouse.publication.editions.filings import FilingChange
from warehouse.publication.editions.keys import keys_of
from warehouse.publication.editions.tables import PublishedTable
from warehouse.publication.marts.filings import plain_text
from warehouse.publication.marts.values import plain_figure

ROW_KINDS: dict[Kind, str] = {"added": "新增", "removed": "删除", "changed": "变动"}
NO_FILING_CHANGED = "没有对应的文件变动（程序、本县设置或名称归并有变，或来自被退回的文件）"
MOST_CAUSES = 5
EMPTY = "（空）"


def describe_filing(filing: FilingChange) -> str:
    """Say what became of a filing."""
    match filing.kind:
        case "added":
            return f"新增：{filing.file_name}"
        case "replaces":
            return f"更正：{filing.file_name}，取代 {'、'.join(filing.replaced)}"
        case "removed":
            return f"不再采用：{filing.file_name}"


def describe_causes(row: RowChange) -> str:
    """Say which filings caused a change; of many the first ones and their number."""
    if not row.causes:
        return NO_FILING_CHANGED
    said = "；".join(describe_filing(cause) for cause in row.causes[:MOST_CAUSES])
    return said if len(row.causes) <= MOST_CAUSES else f"{said}；等 {len(row.causes)} 份文件"


def describe_row(table: PublishedTable, row: RowChange) -> str:
    """Name a row by what its key holds besides year, county, township and codes."""
    told: list[str] = []
    for term in (*keys_of(table.name, ()).key, "target_raw"):
        value = next((v for name in _names(term) if (v := row.record.get(name)) is not None), None)
        if value is not None and term.split("|")[0] not in _UNSAID:
            text = show_value(table, _names(term)[-1], value)
            said = f"{text}月" if term == "month" else text
            if said not in told:
                told.append(said)
    return "　".join(told)


def describe_place(record: Mapping[str, object]) -> str:
    """Say where a row stands in its filing: file, page, table, row."""
    parts = [str(record["file_name"])] if record.get("file_name") else []
    for name, said in (("page", "第{}页"), ("table_no", "表{}"), ("row_no", "第{}行")):
        if record.get(name) is not None:
            parts.append(said.format(record[name]))
    return " ".join(parts)


def show_value(table: PublishedTable, column: str, value: object) -> str:
    """Show a value as text: codes by their label, amounts with separators and decimals, moments in the county's time."""
    value = table.label(column, value)
    if value is None:
        return EMPTY
    if (plain := plain_text(value)) is not None:
        return plain
    if isinstance(value, Decimal):
        return f"{value:,.2f}" if column.endswith("_yuan") else f"{value.normalize():,f}"
    return plain_figure(value, 4) if isinstance(value, float) else str(value)


_UNSAID = frozenset(("fiscal_year", "county", "township", "unit_code"))


def _names(term: str) -> tuple[str, ...]:
    """Give a key term's columns with names before codes: a person knows the project by its name."""
    return ("project_name", "project_code") if term == "project_code|project_name" else tuple(term.split("|"))
