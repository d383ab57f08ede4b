"""The county's registry of townships (``<home>/config/townships.csv``), kept by hand in a spreadsheet."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from transforms.names.townships import township_key
from transforms.words.folding import squash
from warehouse.county.files import write_county_rows
from warehouse.county.mistakes import Mistakes

COLUMNS = ("township", "aliases", "division_code", "unit_codes", "villages", "population", "expected_kinds", "note")
KINDS = ("targets", "self_evaluation")
FOUND_NOTE = "据申报文本填写，待确认"
_VILLAGES = re.compile(
    r"(?:[全本我][镇乡]|[全本]街道|辖区?内?|管辖)[^\d,;。]{0,6}?(\d{1,3})个(?:行政村|建制村|村民委员会|村委会|村(?!民|组|干|小组))"
)


@dataclass(frozen=True, slots=True)
class Township:
    """One line of the registry; ``expected_kinds``: the filings expected each year (targets, self_evaluation)."""

    township: str
    aliases: tuple[str, ...] = ()
    division_code: str | None = None
    unit_codes: tuple[str, ...] = ()
    villages: int | None = None
    population: int | None = None
    expected_kinds: tuple[str, ...] = ("targets",)
    note: str = ""


@dataclass(frozen=True)
class Registry:
    """The townships of the county; names match through aliases and without 人民政府, county and 办事处."""

    townships: tuple[Township, ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, Township]:
        return {key: township for township in self.townships for key in _keys(township)}

    @cached_property
    def _by_code(self) -> dict[str, Township]:
        return {code: township for township in self.townships for code in township.unit_codes}

    def find(self, name: str | None, unit_code: str | None = None) -> Township | None:
        """Find a township by any of its names, else by its unit code; None where the registry has neither."""
        found = self._by_name.get(township_key(name)) if name else None
        if found is None and name:
            found = self._by_name.get(squash(name))
        if found is None and unit_code:
            found = self._by_code.get(unit_code)
        return found


def load_registry(path: Path) -> Registry:
    """Load and check the registry; without the file it is empty.

    Raises CountyFileError naming every place where a name or code is claimed twice, or a value is malformed.
    """
    mistakes = Mistakes()
    registry = read_registry(path, mistakes)
    mistakes.refuse()
    return registry


def read_registry(path: Path, mistakes: Mistakes) -> Registry:
    """Load the registry and note what is wrong with it; a line with a mistake counts as far as it can be read."""
    townships = []
    claimed: dict[tuple[str, str], int] = {}
    for line, row in mistakes.rows(path, COLUMNS):
        township = _read_row(path, line, row, mistakes)
        for column, claim in _claims(township):
            kind = "code" if column == "unit_codes" else "name"
            if claimed.setdefault((kind, claim), line) != line:
                mistakes.add(path, line, column, f"“{claim}”与第{claimed[kind, claim]}行重复")
        townships.append(township)
    return Registry(tuple(townships))


def write_registry(path: Path, registry: Registry) -> None:
    """Write the registry for a spreadsheet (UTF-8 with BOM), in its own order."""
    write_county_rows(path, COLUMNS, [_row(township) for township in registry.townships])


def add_found(registry: Registry, found: Iterable[Township]) -> Registry:
    """Add townships met in filings and fill empty fields of known ones; what stands in the registry is never changed.

    What is added is marked in ``note`` as to be confirmed by hand.
    """
    townships = list(registry.townships)
    places = {key: number for number, township in enumerate(townships) for key in _keys(township)}
    for new in found:
        place = places.get(township_key(new.township), places.get(squash(new.township)))
        if place is None:
            places.update(dict.fromkeys(_keys(new), len(townships)))
            townships.append(replace(new, note=FOUND_NOTE))
            continue
        known = townships[place]
        filled = replace(
            known,
            division_code=known.division_code or new.division_code,
            unit_codes=known.unit_codes or new.unit_codes,
            villages=known.villages if known.villages is not None else new.villages,
        )
        if filled != known:
            townships[place] = replace(filled, note=known.note or FOUND_NOTE)
    return Registry(tuple(townships))


def find_village_count(texts: Iterable[str]) -> int | None:
    """Find the township's number of villages in a filing's texts ("全镇24个村"); None where texts disagree."""
    counts = {int(count) for text in texts for count in _VILLAGES.findall(squash(text))}
    return counts.pop() if len(counts) == 1 else None


def _keys(township: Township) -> set[str]:
    return {key for name in (township.township, *township.aliases) for key in _name_keys(name)}


def _name_keys(name: str) -> set[str]:
    return {township_key(name), squash(name)} - {""}


def _claims(township: Township) -> list[tuple[str, str]]:
    """Give (column, text) of each name and code that no other line may have; one text is claimed once a line."""
    names = [
        ("township" if key in _name_keys(township.township) else "aliases", key) for key in sorted(_keys(township))
    ]
    return names + [("unit_codes", code) for code in sorted(set(township.unit_codes))]


def _read_row(path: Path, line: int, row: dict[str, str], mistakes: Mistakes) -> Township:
    if not row["township"]:
        mistakes.add(path, line, "township", "乡镇名称不能为空")
    codes, kinds = _split(row["unit_codes"]), _split(row["expected_kinds"])
    if row["division_code"] and not re.fullmatch(r"\d{6}(?:\d{3}){0,2}", row["division_code"]):
        mistakes.add(path, line, "division_code", f"区划代码“{row['division_code']}”应为6、9或12位数字")
    for code in codes:
        if not re.fullmatch(r"(?:\d{3}){1,4}", code):
            mistakes.add(path, line, "unit_codes", f"单位编码“{code}”应为3位一级的数字，请将该列设为文本格式")
    for kind in kinds:
        if kind not in KINDS:
            mistakes.add(path, line, "expected_kinds", f"“{kind}”应为 {' 或 '.join(KINDS)}")
    return Township(
        township=row["township"],
        aliases=_split(row["aliases"]),
        division_code=row["division_code"] or None,
        unit_codes=codes,
        villages=_count(path, line, "villages", row["villages"], mistakes),
        population=_count(path, line, "population", row["population"], mistakes),
        expected_kinds=kinds or ("targets",),
        note=row["note"],
    )


def _count(path: Path, line: int, column: str, text: str, mistakes: Mistakes) -> int | None:
    digits = squash(text).replace(",", "")
    if not digits:
        return None
    if not digits.isdecimal():
        mistakes.add(path, line, column, f"“{text}”应为整数")
        return None
    return int(digits)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[,，、;；|\s]+", text) if part)


def _row(township: Township) -> dict[str, str]:
    return {
        "township": township.township,
        "aliases": "、".join(township.aliases),
        "division_code": township.division_code or "",
        "unit_codes": "、".join(township.unit_codes),
        "villages": "" if township.villages is None else str(township.villages),
        "population": "" if township.population is None else str(township.population),
        "expected_kinds": "、".join(township.expected_kinds),
        "note": township.note,
    }
