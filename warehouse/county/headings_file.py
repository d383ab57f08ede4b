"""The file of the headings that the county has taught, ``<home>/config/headings.csv``: 年终成效,实际完成值."""

from pathlib import Path

from transforms.forms.labels import find_head_role, find_header_role, known_head_roles, known_header_roles, label_key
from transforms.forms.taught import NO_HEADINGS, Headings
from warehouse.county.files import CountyFileError, locked_file, read_county_rows, write_county_rows
from warehouse.county.mistakes import Mistakes

HEADINGS_FILE = "headings.csv"
COLUMNS = ("heading", "means", "note")


def load_headings(path: Path) -> Headings:
    """Load and check the taught headings; without the file there are none.

    ``means`` is a heading that is known (实际完成值, 预算数) or a role's name (actual, amount_total). Raises
    CountyFileError naming every line where a heading is empty, said twice, or means nothing that is known.
    """
    headers: dict[str, str] = {}
    heads: dict[str, str] = {}
    seen: dict[str, int] = {}
    mistakes = Mistakes()
    for line, row in mistakes.rows(path, COLUMNS):
        key = label_key(row["heading"])
        if not key:
            mistakes.add(path, line, "heading", "表头文字不能为空")
        elif seen.setdefault(key, line) != line:
            mistakes.add(path, line, "heading", f"“{row['heading']}”与第{seen[key]}行重复，请只保留一行")
        header, head = _roles_of(row["means"])
        if header is None and head is None:
            mistakes.add(
                path, line, "means", f"“{row['means']}”应为已知的表头（如 指标值、实际完成值、预算数、项目名称）"
            )
        if header is not None:
            headers[key] = header
        if head is not None:
            heads[key] = head
    mistakes.refuse()
    return Headings(headers, heads) if seen else NO_HEADINGS


def is_known_meaning(means: str) -> bool:
    """Tell whether a word is a known heading or a role's name."""
    return _roles_of(means) != (None, None)


def teach_heading(path: Path, heading: str, means: str, note: str = "") -> None:
    """Add one taught heading to the file, in the place of an earlier line about the same heading.

    Raises CountyFileError (Chinese) where ``means`` is no known heading; the file then stays as it was.
    """
    if not is_known_meaning(means):
        raise CountyFileError(f"“{means}”不是已知的表头（如 指标值、实际完成值、预算数、项目名称）")
    if not label_key(heading):
        raise CountyFileError("表头文字不能为空")
    with locked_file(path):
        kept = [row for _, row in read_county_rows(path, COLUMNS) if label_key(row["heading"]) != label_key(heading)]
        write_county_rows(path, COLUMNS, [*kept, {"heading": heading, "means": means, "note": note}])


def forget_heading(path: Path, heading: str, means: str) -> bool:
    """Take a taught heading back; tells whether it stood in the file as given."""
    with locked_file(path):
        rows = [row for _, row in read_county_rows(path, COLUMNS)]
        kept = [row for row in rows if (label_key(row["heading"]), row["means"]) != (label_key(heading), means)]
        if len(kept) == len(rows):
            return False
        write_county_rows(path, COLUMNS, kept)
        return True


def _roles_of(means: str) -> tuple[str | None, str | None]:
    """Give the role among an indicator table's columns, and among a project head's fields, that a word stands for."""
    word = means.strip()
    header = word if word in known_header_roles() else find_header_role(word)
    head = word if word in known_head_roles() else find_head_role(word)
    return header, head
