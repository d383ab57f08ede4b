"""Tables that a browser or a spreadsheet printed: fonts without height, clipped and overfull cells."""

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side

from extractors.document import Grid
from extractors.pdf.read import read_pdf

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OFFICE = shutil.which("soffice")
PAGE = """<html lang="zh"><meta charset="utf-8"><style>
table { border-collapse: collapse; width: 90% } td, th { border: 1px solid #333; padding: 4px } th { background: #eee }
.down { writing-mode: vertical-rl }
</style><table>
<tr><th>项目名称</th><td colspan="3">2024年农村饮水工程（一期）</td></tr>
<tr><th>一级指标</th><th>二级指标</th><th>指标值</th><th>备注</th></tr>
<tr><td rowspan="2" class="down">产出指标</td><td>数量指标</td><td>≥12.5公里</td><td></td></tr>
<tr><td>质量指标</td><td>100%</td><td><s>作废</s>有效</td></tr>
</table></html>"""


def read_grid(path: Path) -> Grid:
    (grid,) = read_pdf(path, sha256="").grids()
    return grid


@pytest.mark.needs_browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_table_printed_by_a_browser(tmp_path: Path) -> None:
    page = tmp_path / "table.html"
    page.write_text(PAGE, encoding="utf-8")
    target = tmp_path / "table.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    subprocess.run([str(CHROMIUM), *options, page.as_uri()], check=True, capture_output=True, timeout=120)
    assert read_grid(target).rows() == [
        ["项目名称", "2024年农村饮水工程（一期）", None, None],
        ["一级指标", "二级指标", "指标值", "备注"],
        ["产出指标", "数量指标", "≥12.5公里", ""],
        [None, "质量指标", "100%", "有效"],
    ]


@pytest.mark.needs_libreoffice
@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice on this machine")
def test_a_table_printed_by_a_spreadsheet(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ("项目名称", "农村饮水安全巩固提升", None, "预算数"),
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("效益指标", "社会效益指标", "受益人数", 3000),
    ):
        sheet.append(row)
    side = Side(style="thin")
    for row in sheet.iter_rows():
        for cell in row:
            cell.border = Border(left=side, right=side, top=side, bottom=side)
    sheet["D3"].alignment = Alignment(horizontal="center")
    book.save(tmp_path / "table.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "table.xlsx")], check=True, capture_output=True, timeout=120)
    assert read_grid(tmp_path / "table.pdf").rows() == [
        ["项目名称", "农村饮水安全巩固提升", "", "预算数"],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["效益指标", "社会效益指标", "受益人数", "3000"],
    ]
