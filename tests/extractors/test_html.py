from pathlib import Path

import pytest

from extractors.document import Document
from extractors.html import read_html
from extractors.limits import Limits
from extractors.reading import read_filing
from extractors.rejection import RejectedFile
from transforms.filings import transform

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><title>导出</title><style>td{{}}</style></head><body>
<p>石桥镇2024年&nbsp;绩效目标表</p>{table}<div>填表人：某某</div></body></html>"""
TABLE = """<table border=1>
<tr><td>项目名称<td colspan=3>道路维修
<tr><td>预算数（万元）</td><td>30</td><td>其中：财政<br>拨款</td><td>28</td></tr>
<tr><th>一级指标</th><th>二级指标</th><th>三级指标</th><th>指标值</th></tr>
<tr><td rowspan=2>产出指标</td><td>数量指标</td><td>修路里程</td><td>&ge;5公里</td></tr>
<tr><td>质量指标</td><td>合格率</td><td>≥95%</td></tr>
</table>"""


def read(tmp_path: Path, page: str, limits: Limits = Limits()) -> Document:  # noqa: B008
    (tmp_path / "a.xls").write_bytes(page.encode("gb18030"))
    return read_html(tmp_path / "a.xls", sha256="", file_name="a.xls", limits=limits)


def rows(document: Document) -> list[list[list[str | None]]]:
    return [grid.rows() for grid in document.grids()]


def test_a_page_saved_under_a_workbook_s_name_is_read(tmp_path: Path) -> None:
    document = read(tmp_path, PAGE.format(table=TABLE))
    assert [one.text for one in document.paragraphs()] == ["石桥镇2024年 绩效目标表", "填表人：某某"]
    assert rows(document)[0][1:] == [
        ["预算数（万元）", "30", "其中：财政\n拨款", "28"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "修路里程", "≥5公里"],
        [None, "质量指标", "合格率", "≥95%"],
    ]
    whole = read_filing(tmp_path / "a.xls")
    assert (whole.format, len(transform(whole).indicators)) == ("html", 2)


def test_what_a_page_does_not_show_is_not_read(tmp_path: Path) -> None:
    table = """<table><tr style="display:none"><td>隐藏<td>行</tr><tr><td><s>20</s>30<td hidden>乙<td><script>x</script>丙
    <td><input type=checkbox checked>新增<input type=checkbox>延续<td><select><option>一<option selected>二</select></table>"""
    document = read(tmp_path, PAGE.format(table=table))
    assert rows(document) == [[["30", "丙", "☑新增□延续", "二"]]]
    assert [note.code for note in document.notes] == ["hidden_cells_dropped", "struck_text_dropped"]


def test_a_table_in_a_table_is_one_of_its_own(tmp_path: Path) -> None:
    document = read(tmp_path, PAGE.format(table=f"<table><tr><td>外框{TABLE}</td></tr></table>"))
    assert [len(grid.rows()) for grid in document.grids()] == [5, 1]
    assert [note.code for note in document.notes] == ["nested_table"]


@pytest.mark.parametrize("table", ["<table><tr><td>" * 30, "<table><tr><td rowspan=900 colspan=900>甲"])
def test_tables_beyond_the_limits_are_refused(tmp_path: Path, table: str) -> None:
    with pytest.raises(RejectedFile):
        read(tmp_path, PAGE.format(table=table))


def test_a_damaged_page_loses_no_text(tmp_path: Path) -> None:
    document = read(tmp_path, "<table><tr><td>甲<td>乙</div></table></table></td>丙<table><tr><td>丁<td>戊")
    assert (rows(document), [one.text for one in document.paragraphs()]) == ([[["甲", "乙"]], [["丁", "戊"]]], ["丙"])
