"""``jixiao diff``: what changed in the published tables between two publications, and which filings caused it."""

import json
import sys
from pathlib import Path

from pipelines.terminal.errors import WRONG_USAGE, CommandError
from pipelines.terminal.json_values import json_value
from warehouse.home import Home
from warehouse.publication.editions.chain import DATA_FOLDER, list_publications, name_of, previous_of
from warehouse.publication.editions.changes import PublicationChanges, RowChange, TableChanges, compare_publications
from warehouse.publication.editions.filings import FilingChange
from warehouse.publication.editions.words import (
    ROW_KINDS,
    describe_causes,
    describe_filing,
    describe_place,
    describe_row,
    show_value,
)


def show_changes(home: Home, old: str | None, new: str | None, mart: str | None, *, as_json: bool, every: bool) -> int:
    """Compare two publications (the last two unless named) and print what changed to standard output."""
    before, after = choose_publications(home, old, new)
    known = {path.stem for folder in (before, after) for path in (folder / DATA_FOLDER).glob("*.parquet")}
    if mart is not None and mart not in known:
        raise CommandError(f"没有叫做 {mart} 的表。", f"可选：{'、'.join(sorted(known))}。", WRONG_USAGE)
    changes = compare_publications(before / DATA_FOLDER, after / DATA_FOLDER, mart)
    names = name_of(before), name_of(after)
    if as_json:
        sys.stdout.write(
            json.dumps(to_document(*names, changes), ensure_ascii=False, indent=2, default=json_value) + "\n"
        )
    else:
        for line in describe_changes(*names, changes, every=every):
            print(line)
    return 0


def choose_publications(home: Home, old: str | None, new: str | None) -> tuple[Path, Path]:
    """Give the folders of two publications by name or path: the latest and the one before it unless named."""
    order = list_publications(home.published)
    if not order and (old is None or new is None):
        raise CommandError("还没有任何发布。", f"请先运行 jixiao --home {home.path} run。", WRONG_USAGE)
    after = order[-1] if new is None else _find(home, new)
    if old is not None:
        return _find(home, old), after
    before = previous_of(after)
    if before is None:
        raise CommandError(
            f"{name_of(after)} 是第一次发布，没有更早的发布可以比较。",
            "数据有变化并再次发布后，即可查看两次发布之间的变化；也可以写明两次发布的名称。",
            WRONG_USAGE,
        )
    return _find(home, before), after


def _find(home: Home, name: str) -> Path:
    for folder in (home.published / name, Path(name)):
        if (folder / DATA_FOLDER).is_dir():
            return folder
    known = [path.parent.name for path in sorted(home.published.glob(f"*/{DATA_FOLDER}")) if path.parent != home.latest]
    raise CommandError(
        f"没有找到发布 {name}。",
        f"现有的发布：{'、'.join(known) or '无'}。如果它被删除了，可用 jixiao publish --as-of {name} 重做。",
        WRONG_USAGE,
    )


def describe_changes(old: str, new: str, changes: PublicationChanges, *, every: bool) -> list[str]:
    """Say what changed, line by line; rows that only compare differently are counted unless ``every`` is wanted."""
    lines = [f"{old} → {new}"]
    if changes.filings.changes:
        lines += ["", "报送文件", *(f"  {describe_filing(filing)}" for filing in changes.filings.changes)]
    for table in changes.tables:
        lines += ["", *_describe_table(table, every=every)]
    if not changes.filings.changes and not changes.tables:
        lines.append("两次发布的比较表没有差别。")
    return lines


def _describe_table(changes: TableChanges, *, every: bool) -> list[str]:
    counts = [
        f"{said} {number} 行"
        for kind, said in ROW_KINDS.items()
        if (number := sum(1 for row in changes.rows if row.kind == kind))
    ]
    lines = [f"{changes.table.title}（{changes.table.name}）：{'，'.join(counts) or '各行相同'}"]
    for columns, said in ((changes.new_columns, "新增的列"), (changes.lost_columns, "取消的列")):
        if columns:
            lines.append(f"  {said}（不参加比较）：{'、'.join(columns)}")
    shown = [row for row in changes.rows if every or row.is_own]
    for row in shown:
        lines += _describe_row_change(changes, row)
    if hidden := len(changes.rows) - len(shown):
        lines.append(f"  另有 {hidden} 行自身数值未变，只是与其他乡镇的比较数值变了（加 --all 逐行列出）")
    return lines


def _describe_row_change(changes: TableChanges, row: RowChange) -> list[str]:
    table = changes.table
    head = (str(part) for part in (row.record.get("fiscal_year"), row.record.get("township")) if part is not None)
    lines = [f"  {ROW_KINDS[row.kind]}　{'　'.join((*head, describe_row(table, row)))}"]
    lines += [
        f"      {figure.heading}：{show_value(table, figure.column, figure.before)}"
        f" → {show_value(table, figure.column, figure.after)}"
        for figure in row.figures
    ]
    lines.append(f"      原因：{describe_causes(row)}")
    if place := describe_place(row.record):
        lines.append(f"      位置：{place}")
    return lines


def to_document(old: str, new: str, changes: PublicationChanges) -> dict[str, object]:
    """Give all changes as one JSON document: filings, then tables with their rows, values as they are in the tables."""
    return {
        "old": old,
        "new": new,
        "filings": [_filing(filing) for filing in changes.filings.changes],
        "tables": [
            {
                "table": table.table.name,
                "new_columns": list(table.new_columns),
                "lost_columns": list(table.lost_columns),
                "rows": [_row(row) for row in table.rows],
            }
            for table in changes.tables
        ],
    }


def _filing(filing: FilingChange) -> dict[str, object]:
    return {
        "filing_id": filing.filing_id,
        "file_name": filing.file_name,
        "change": filing.kind,
        "replaced": list(filing.replaced),
    }


def _row(row: RowChange) -> dict[str, object]:
    return {
        "change": row.kind,
        "row": dict(row.record),
        "figures": [
            {
                "column": figure.column,
                "before": figure.before,
                "after": figure.after,
                "own": figure.own,
            }
            for figure in row.figures
        ],
        "causes": [_filing(cause) for cause in row.causes],
    }
