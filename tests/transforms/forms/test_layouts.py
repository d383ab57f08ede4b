"""Every layout of the field guide, drawn by the sample generator, read back and compared with what was drawn."""

import hashlib
import re
from decimal import Decimal
from pathlib import Path

import pytest

from extractors.document import Grid
from extractors.docx.read import read_docx
from tests.samples.layouts.catalogue import LAYOUTS
from tests.samples.make_samples import draw_sample
from transforms.filings import transform
from transforms.forms.ledger import IGNORED


def squash(text: object) -> str:
    return re.sub(r"\s+|[★*]|其中[:：]", "", str(text or ""))


@pytest.mark.parametrize("variant", range(3))
@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_a_layout_reads_as_drawn(name: str, variant: int, tmp_path: Path) -> None:
    filing, _, drawn = draw_sample("test", name, LAYOUTS[name], variant)
    path = tmp_path / "文件.docx"
    path.write_bytes(drawn)
    document = read_docx(path, sha256=hashlib.sha256(drawn).hexdigest(), file_name=path.name)
    records = transform(document)

    assert [squash(p.project_name) for p in records.projects] == [squash(p.name) for p in filing.projects]
    for number, project in enumerate(filing.projects, start=1):
        found = [i for i in records.indicators if i.project_no == number]
        assert [squash(i.indicator_raw) for i in found] == [squash(i.name) for i in project.indicators]
        for indicator, fact in zip(found, project.indicators, strict=True):
            target, wanted = indicator.target, fact.target
            if wanted is None:
                continue
            assert (target.target_kind, wanted.text) == (wanted.kind, wanted.text)
            if wanted.kind in ("percent", "quantity", "money"):
                got = (target.comparator, target.value_low, target.value_high, target.unit)
                meant = (wanted.op, _decimal(wanted.low), _decimal(wanted.high), wanted.unit)
                if wanted.unit.startswith("万"):  # 2 of 万人 and 20000 of 人 are one quantity
                    got = (target.comparator, target.base_value_low, target.base_value_high, target.base_unit)
                    meant = (wanted.op, _decimal(wanted.low, 10000), _decimal(wanted.high, 10000), wanted.unit[1:])
                assert got == meant, wanted.text


def _decimal(value: object, factor: int = 1) -> Decimal | None:
    return None if value is None else Decimal(str(value)) * factor


@pytest.mark.parametrize("name", sorted(LAYOUTS))
def test_every_cell_is_used_ignored_by_a_named_rule_or_unread(name: str, tmp_path: Path) -> None:
    _, _, drawn = draw_sample("account", name, LAYOUTS[name], 1)
    path = tmp_path / "文件.docx"
    path.write_bytes(drawn)
    document = read_docx(path, sha256="0" * 64, file_name=path.name)
    records = transform(document)
    written = {
        (grid.table_no, cell.row + 1, cell.col + 1)
        for grid in document.blocks
        if isinstance(grid, Grid)
        for cell in grid.cells
        if cell.text.strip()
    }
    used = {(cell.table_no, cell.row_no, cell.col_no) for cell in records.used_cells}
    unread = {(cell.table_no, cell.row_no, cell.col_no) for cell in records.unread_cells}
    assert used | unread == written
    assert not used & unread
    assert not unread
    assert all(cell.use != IGNORED for cell in records.used_cells)
