"""Every layout of the field guide again, printed as PDF: the records are those of the Word file it was printed from."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from extractors.docx.read import read_docx
from extractors.pdf.read import read_pdf
from tests.samples.drawing import Box, Line, Sheet, Table, draw_docx, row
from tests.samples.layouts.catalogue import LAYOUTS
from tests.samples.make_samples import convert_to_pdf, draw_sample
from transforms.filings import transform
from transforms.forms.ledger import IGNORED
from transforms.records import FilingRecords

MIDDLE_TERM = Sheet(
    (
        Line("石盘镇2021年项目支出绩效目标申报表"),
        Table(
            (
                row("项目名称", Box("河道保洁经费", cols=4)),
                row("主管部门", Box("石盘镇人民政府", cols=2), "实施单位", "石盘镇水利站"),
                row("项目属性", Box("新增项目□ 延续项目√", cols=2), "项目期限", "3年"),
                row(Box("项目资金（万元）", rows=2), Box("年度资金总额", cols=2), Box("25", cols=2)),
                row(Box("其中：财政拨款", cols=2), Box("25", cols=2)),
                row(Box("总体目标", rows=2), Box("中期目标（2021年—2023年）", cols=2), Box("年度目标", cols=2)),
                row(Box("三年内全镇河道清洁，合计50万元。", cols=2), Box("清理镇区河道20公里。", cols=2)),
                row(Box("绩效指标", rows=4), "一级指标", "二级指标", "三级指标", "指标值"),
                row(Box("产出指标", rows=2), "数量指标", "清理河道长度", "≥20公里"),
                row("时效指标", "完成时间", "2021年12月底前"),
                row("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"),
            ),
            (1.2, 1, 1.4, 1.6, 1.6),
        ),
    )
)
"""The form of L12b: the middle term's goal beside the year's, ticked boxes, the term in years."""

PRINTED = [*((name, 2) for name in sorted(LAYOUTS)), ("two_period", 1)]


def squash(text: object) -> str:
    return re.sub(r"\s+", "", str(text or ""))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Give the Word files of all layouts, each with its PDF beside it: one start of LibreOffice for all."""
    folder = tmp_path_factory.mktemp("printed")
    drawn = {f"{name}-{variant}": draw_sample("pdf", name, LAYOUTS[name], variant)[2] for name, variant in PRINTED}
    drawn["middle_term"] = draw_docx(MIDDLE_TERM)
    files = {name: folder / f"{name}.docx" for name in drawn}
    for name, path in files.items():
        path.write_bytes(drawn[name])
    convert_to_pdf(list(files.values()), folder)
    return files


def records_of(path: Path, *, as_pdf: bool) -> FilingRecords:
    document = (
        read_pdf(path.with_suffix(".pdf"), sha256="0" * 64, file_name=path.name)
        if as_pdf
        else read_docx(path, sha256="0" * 64, file_name=path.name)
    )
    return transform(document)


def facts(records: FilingRecords) -> list[tuple[str, ...]]:
    """Give what both must say: projects with their money, goals, indicators with their levels and targets."""
    projects = [
        (squash(p.project_name), squash(p.project_code), str(p.budget_yuan), str(p.fiscal_yuan), str(p.other_yuan))
        for p in records.projects
    ]
    goals = [(str(o.project_no), squash(o.objective_text)) for o in records.objectives]
    indicators = [
        (str(i.project_no), *map(squash, (i.level1, i.level2, i.indicator_raw, i.target.raw, i.weight)))
        for i in records.indicators
    ]
    actuals = [(squash(i.indicator_raw), squash(i.actual.raw)) for i in records.indicators if i.actual]
    return [*projects, *goals, *indicators, *actuals]


@pytest.mark.needs_libreoffice
@pytest.mark.parametrize("name", [*(f"{name}-{variant}" for name, variant in PRINTED), "middle_term"])
def test_a_printed_layout_reads_like_the_word_file(name: str, printed: Mapping[str, Path]) -> None:
    written, read = (records_of(printed[name], as_pdf=as_pdf) for as_pdf in (False, True))
    assert facts(read) == facts(written)
    assert [cell.text for cell in read.unread_cells] == []
    assert not [cell for cell in read.used_cells if cell.use == IGNORED]


def test_the_goal_of_the_year_stands_beside_the_middle_terms(tmp_path: Path) -> None:
    path = tmp_path / "文件.docx"
    path.write_bytes(draw_docx(MIDDLE_TERM))
    records = records_of(path, as_pdf=False)
    (project,) = records.projects
    assert (project.project_name, project.budget_yuan, project.fiscal_yuan) == ("河道保洁经费", 250000, 250000)
    assert [o.objective_text for o in records.objectives] == ["清理镇区河道20公里。"]
    assert [i.target.raw for i in records.indicators] == ["≥20公里", "2021年12月底前", "≥90%"]
    assert records.unread_cells == ()
