from pathlib import Path

import duckdb
import pytest
from docx import Document
from docx.document import Document as DocxDocument

from tests.warehouse.publication.publication_county import build_county
from warehouse.publication.letters.letterhead import LetterText
from warehouse.publication.letters.tables import LetterTable, column_widths
from warehouse.publication.letters.write import numbered, salutation
from warehouse.publication.publish import publish


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_county(tmp_path_factory.mktemp("county") / "county.duckdb")


@pytest.fixture(scope="module")
def folder(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(database, tmp_path_factory.mktemp("home") / "published").folder


def texts(document: DocxDocument) -> list[str]:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def sheet_of(folder: Path, township: str) -> DocxDocument:
    return Document(str(folder / "反馈单" / f"{township}.docx"))


def test_findings_are_numbered_with_their_place(folder: Path) -> None:
    said = texts(sheet_of(folder, "白杨镇"))
    at = next(number for number, text in enumerate(said) if text.startswith("1．【须改正】成本指标上限 13803元×24个"))
    assert said[at + 1] == "位置：项目“2023年村级办公经费”"
    assert any("《白杨镇2023年绩效目标（虚构样例）.docx》" in text for text in said[:at])


def test_the_township_sees_where_it_stands(folder: Path) -> None:
    said = texts(sheet_of(folder, "白杨镇"))
    assert "明显偏高" in said and "明显偏松" in said
    assert not any("明显偏严" in text for text in said)
    assert any("支出进度计划为3月底" in text for text in said)


def test_a_letter_is_addressed_and_closed_as_a_bureau_does(folder: Path) -> None:
    said = texts(sheet_of(folder, "石桥镇"))
    assert "石桥镇人民政府：" in said
    assert any(text.startswith("请于") for text in said)
    assert not any("（even）" in text or "表1" in text for text in said)


@pytest.mark.parametrize(
    ("township", "unit", "to"),
    [
        ("李家镇", "青禾县李家镇人民政府本级", "李家镇人民政府"),
        ("城关街道", "青禾县城关街道办事处", "城关街道办事处"),
        ("青禾县水利局", "青禾县水利局（本级）", "青禾县水利局"),
    ],
)
def test_whom_a_letter_is_to(township: str, unit: str, to: str) -> None:
    assert salutation(township, unit) == to


def test_the_parts_that_a_letter_has_are_numbered_without_a_gap() -> None:
    body = (LetterText("heading", "事项"), LetterText("text", "无。"), LetterText("heading", "结果"))
    assert [part.text for part in numbered(body) if isinstance(part, LetterText)] == ["一、事项", "无。", "二、结果"]


def test_an_invented_filing_must_not_be_sent(folder: Path) -> None:
    assert any("虚构样例" in text and "不得发出" in text for text in texts(sheet_of(folder, "石桥镇")))


def test_the_bureaus_own_template_is_used(database: Path, tmp_path: Path) -> None:
    template = Document()
    template.sections[0].header.paragraphs[0].text = "青禾县财政局文件"
    paragraph = template.add_paragraph()
    for part in ("致{{单", "位}}：{{年", "度}}"):  # word processors cut marks into runs
        paragraph.add_run(part)
    template.add_paragraph("{{正文}}")
    template.add_paragraph("特此函告。")
    (tmp_path / "config").mkdir()
    template.save(str(tmp_path / "config" / "feedback_template.docx"))
    document = sheet_of(publish(database, tmp_path / "published").folder, "青山乡")
    said = [paragraph.text for paragraph in document.paragraphs]
    assert document.sections[0].header.paragraphs[0].text == "青禾县财政局文件"
    assert said[0] == "致青山乡人民政府：2023年"
    assert said[-1] == "特此函告。"
    assert "一、须改正和请核对的事项" in said
    assert not any("{{" in text for text in said)


def test_a_single_township_has_no_peers(tmp_path: Path) -> None:
    database = build_county(tmp_path / "county.duckdb", townships=1)
    made = publish(database, tmp_path / "published")
    assert any("只有一个乡镇，暂无可比对象" in text for text in texts(sheet_of(made.folder, "石桥镇")))


def test_a_township_whose_name_is_no_file_name_has_a_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.warehouse.publication.publication_county.NAMES", ["../石桥/镇", '甲:"乙"乡'])
    database = build_county(tmp_path / "county.duckdb", townships=2)
    made = publish(database, tmp_path / "published")
    assert sorted(path.name for path in made.feedback_sheets) == ["_石桥_镇.docx", "甲__乙_乡.docx"]


def test_no_figure_of_a_table_is_broken_over_two_lines() -> None:
    line = (
        "农村人居环境整治",
        "垃圾清运费用",
        "≤1,234,567.50元/年",
        "1,234,567.50",
        "17,000",
        "72.62",
        "明显偏高",
        "表12 行8",
    )
    table = LetterTable(
        ("", "", "", "", "", "", "", ""), (line,), (2.3, 2.2, 1.8, 1.4, 1.6, 1.0, 1.3, 2.0), frozenset({0})
    )
    widths = column_widths(table)
    assert sum(widths) == pytest.approx(8840, abs=len(widths))
    for text, width in zip(line, widths, strict=True):
        if text[0].isdigit():
            assert width - 120 >= len(text) * 9.5 * 0.7 * 20  # bold digits of 9.5 points are up to 0.7 em wide
    assert min(widths) > 600


def test_a_table_of_words_alone_keeps_its_shares() -> None:
    assert column_widths(LetterTable(("甲", "乙"), (("一", "二"),), (3, 1))) == [6630, 2210]


def test_a_self_evaluation_has_a_letter_of_its_own(tmp_path: Path) -> None:
    database = build_county(tmp_path / "county.duckdb", townships=2)
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "insert into core.filings by name select * replace ('e' || filing_id[2:] as filing_id, 'self_evaluation' as"
            " doc_kind, township || '自评.docx' as file_name) from core.filings where is_current limit 1"
        )
    made = publish(database, tmp_path / "published")
    names = [path.name for path in made.feedback_sheets]
    assert "石桥镇.docx" in names and "石桥镇_绩效自评.docx" in names
    said = texts(Document(str(made.folder / "反馈单" / "石桥镇_绩效自评.docx")))
    assert any("绩效自评审核情况的反馈" in text for text in said)


def test_a_template_that_does_not_open_is_told_once_with_the_remedy(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    database = build_county(tmp_path / "county.duckdb", townships=2, projects=1)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "feedback_template.docx").write_bytes(b"not a document")
    made = publish(database, tmp_path / "published")
    assert len(made.feedback_sheets) == 2
    told = [record.getMessage() for record in caplog.records if "feedback_template" in record.getMessage()]
    assert len(told) == 1 and "另存为 docx" in told[0]
