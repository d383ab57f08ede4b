"""The county's own record of decisions about doubted values, ``<home>/config/decisions.csv`` (contract, section 6).

The file is the record: it is kept by hand or by ``jixiao review``, survives every new reading, and a decision holds
only as long as the text that it was made about stands in that cell of that file.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from transforms.decisions import DECISIONS, DOC_KINDS, Decision
from warehouse.county.files import CountyFileError, locked_file, read_county_rows, write_county_rows

COLUMNS = (
    *("sha256", "table_no", "row_no", "col_no", "field", "text_read", "decision", "value"),
    *("decided_at", "decided_by", "file_name", "note", "check"),
)
"""``file_name`` is for the reader's eye only. ``check`` tells whether a spreadsheet has changed a text (3-5 made a date, 007
made 7) since it was recorded; whoever changes one on purpose empties it."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WHOLE = re.compile(r"(\d+)(?:\.0+)?")
_MOMENT = re.compile(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?(?:[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?")


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """Load and check all decisions; without the file there are none. A later line about the same cell and field counts.

    A spreadsheet may have put its own dates (2026/11/27 9:05) and whole numbers (3.0) there; those are taken.
    Raises CountyFileError (Chinese) that names every mistake with its line.
    """
    found: dict[tuple[str, int, int, int, str], Decision] = {}
    mistakes: list[str] = []
    for line, row in read_county_rows(path, COLUMNS):
        problems = list(_problems(row))
        mistakes += [f"{path.name} 第{line}行：{problem}" for problem in problems]
        if not problems:
            decision = _read(row)
            found.pop(decision.key, None)
            found[decision.key] = decision
    if mistakes:
        raise CountyFileError("；".join(mistakes))
    return tuple(found.values())


def record_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Add decisions to the file, each in the place of the earlier one about the same cell and field.

    Several programs may do this one after the other: the file is read anew and replaced whole under a lock.
    """
    with locked_file(path):
        known = {decision.key: decision for decision in load_decisions(path)}
        known |= {decision.key: decision for decision in decisions}
        write_county_rows(path, COLUMNS, map(_row, known.values()))


def forget_decision(path: Path, decision: Decision) -> bool:
    """Take one decision back; tells whether it stood in the file as given."""
    with locked_file(path):
        known = load_decisions(path)
        left = [one for one in known if one != decision]
        if len(left) == len(known):
            return False
        write_county_rows(path, COLUMNS, map(_row, left))
        return True


def _problems(row: dict[str, str]) -> Iterator[str]:
    if not _SHA256.fullmatch(row["sha256"].lower()):
        yield f"sha256“{row['sha256'][:20]}”应为 64 位的文件编号（可能被表格软件改成了数字），请从原记录恢复"
    for name in ("table_no", "row_no", "col_no"):
        if row[name] and not _WHOLE.fullmatch(row[name]):
            yield f"{name}“{row[name]}”应为整数（可能被表格软件改成了日期）"
    if not row["field"]:
        yield "field 不能为空"
    if row["decision"] not in DECISIONS:
        yield f"decision“{row['decision']}”应为 {'、'.join(DECISIONS)} 之一"
    if row["decision"] == "corrected" and not row["value"].strip():
        yield "decision 为 corrected 时 value（改为什么）不能为空"
    if row["decision"] == "corrected" and row["field"] == "fiscal_year" and not _YEAR.fullmatch(row["value"]):
        yield f"value“{row['value']}”应为四位年份"
    if row["decision"] == "corrected" and row["field"] == "doc_kind" and row["value"] not in DOC_KINDS:
        yield f"value“{row['value']}”应为 {'、'.join(DOC_KINDS)} 之一"
    if row["check"] and row["check"] != _check_of(row):
        yield (
            f"text_read“{row['text_read'][:20]}”、value“{row['value'][:20]}”等与记录时不同，可能被表格软件改动"
            "（如把 3-5 改成日期、去掉前面的 0），请恢复原样；确要这样写的，请清空 check 一格"
        )
    if row["decided_at"] and _moment(row["decided_at"]) is None:
        yield f"decided_at“{row['decided_at']}”应为 2026-11-27 09:05:00 这样的时间"


def _read(row: dict[str, str]) -> Decision:
    return Decision(
        sha256=row["sha256"].lower(),
        table_no=_whole(row["table_no"]),
        row_no=_whole(row["row_no"]),
        col_no=_whole(row["col_no"]),
        field=row["field"],
        text_read=row["text_read"],
        decision=row["decision"],
        value=row["value"] or None,
        decided_at=_moment(row["decided_at"]),
        decided_by=row["decided_by"] or None,
        file_name=row["file_name"] or None,
        note=row["note"] or None,
    )


def _check_of(row: Mapping[str, str]) -> str:
    """Give a mark of what a line says, which begins with a letter so that no spreadsheet takes it for a number."""
    numbers = (str(_whole(row[name])) for name in ("table_no", "row_no", "col_no"))
    texts = (" ".join(row[name].split()) for name in ("field", "text_read", "decision", "value"))
    said = "\t".join((row["sha256"].lower(), *numbers, *texts))
    return f"k{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _row(decision: Decision) -> dict[str, str]:
    row = {
        "sha256": decision.sha256,
        "table_no": str(decision.table_no),
        "row_no": str(decision.row_no),
        "col_no": str(decision.col_no),
        "field": decision.field,
        "text_read": decision.text_read,
        "decision": decision.decision,
        "value": decision.value or "",
        "decided_at": f"{decision.decided_at:%Y-%m-%d %H:%M:%S}" if decision.decided_at else "",
        "decided_by": decision.decided_by or "",
        "file_name": decision.file_name or "",
        "note": decision.note or "",
    }
    return {**row, "check": _check_of(row)}


def _whole(text: str) -> int:
    found = _WHOLE.fullmatch(text)
    return int(found[1]) if found else 0


def _moment(text: str) -> datetime | None:
    found = _MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
