from pathlib import Path

import pytest

from extractors.document import Document
from extractors.formats.encoding import decode_text
from extractors.rejection import Reason, RejectedFile
from extractors.txt import read_txt

HEAD = "\t一级指标\n\t二级指标\n\t三级指标\n\t指标值\n\n"
BODY = "\t产出指标\n\t数量指标\n\t保障村级数\n\t≥24个\n\n\t\n\t质量指标\n\t正常运转率\n\t≥95%\n\n"


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> Document:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    return read_txt(path, sha256="", file_name="a.txt")


def rows(document: Document) -> list[list[list[str | None]]]:
    return [grid.rows() for grid in document.grids()]


def texts(document: Document) -> list[str]:
    return [one.text for one in document.paragraphs()]


def test_rows_of_one_line_a_cell(tmp_path: Path) -> None:
    document = read(tmp_path, f"标题\n{HEAD}{BODY}\n\n尾\n")
    assert texts(document) == ["标题", "尾"]
    assert rows(document) == [
        [
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "保障村级数", "≥24个"],
            ["", "质量指标", "正常运转率", "≥95%"],
        ]
    ]


def test_second_empty_line_ends_a_table(tmp_path: Path) -> None:
    document = read(tmp_path, "\t单位\n\t万元\n\n\t编码\n\t1\n\n\n \n" + HEAD + BODY)
    assert [grid.n_cols for grid in document.grids()] == [2, 4]
    assert texts(document) == []


def test_tables_apart_by_empty_lines_only(tmp_path: Path) -> None:
    document = read(tmp_path, "\t单位\n\t万元\n\n\t编码\n\t1\n\n\n\n" + HEAD + BODY)
    assert [grid.n_rows for grid in document.grids()] == [2, 3]


def test_line_breaks_inside_a_cell(tmp_path: Path) -> None:
    document = read(tmp_path, "\t目标\n\t1.甲\n2.乙\n3.丙\n\n\t编码\n\t1\n\n\n")
    assert rows(document) == [[["目标", "1.甲\n2.乙\n3.丙"], ["编码", "1"]]]


def test_empty_line_inside_a_cell(tmp_path: Path) -> None:
    document = read(tmp_path, "\t目标\n\t1.甲\n\n2.乙\n\n\t编码\n\t1\n\n\n\n后文\n")
    assert rows(document) == [[["目标", "1.甲\n\n2.乙"], ["编码", "1"]]]
    assert texts(document) == ["后文"]


def test_table_whose_last_cell_has_lines_marks_its_end_too(tmp_path: Path) -> None:
    document = read(tmp_path, "\t目标\n\t1.甲\n2.乙\n\n\n后文\n\n\t目标\n\t1.丙\n\n丁\n\n\t编码\n\t1\n\n")
    assert rows(document) == [[["目标", "1.甲\n2.乙"]], [["目标", "1.丙\n\n丁"], ["编码", "1"]]]
    assert texts(document) == ["后文"]


def test_empty_last_line_of_the_last_cell(tmp_path: Path) -> None:
    document = read(tmp_path, "\t目标\n\t甲\n\n\n\t编码\n\t1\n\n\n\n后\n")
    assert rows(document) == [[["目标", "甲"], ["编码", "1"]]]


def test_empty_last_line_of_a_middle_cell(tmp_path: Path) -> None:
    cut = "\t效益指标\n\t社会效益\n\n\t影响力\n\t优\n\n"
    document = read(tmp_path, HEAD + BODY + cut + "\n\n")
    assert rows(document)[0][-1] == ["效益指标", "社会效益", "影响力", "优"]
    assert len(rows(document)[0]) == 4


def test_short_rows_of_an_uneven_table_stay_apart(tmp_path: Path) -> None:
    text = "\t项目编码\n\t1\n\t项目名称\n\t甲\n\n\t预算数\n\t14.93\n\n\t其他\n\t0\n\n\t用途\n\t乙\n\n\n"
    assert [len([cell for cell in row if cell is not None]) for row in rows(read(tmp_path, text))[0]] == [4, 2, 2, 2]


def test_heading_after_a_single_empty_line_where_tables_end_so(tmp_path: Path) -> None:
    document = read(tmp_path, f"{HEAD}{BODY}2.第二个项目绩效目标表\n{HEAD}{BODY}")
    assert texts(document) == ["2.第二个项目绩效目标表"]
    assert [len(table) for table in rows(document)] == [3, 3]


def test_bookmarks_are_no_text(tmp_path: Path) -> None:
    document = read(tmp_path, f"{HEAD}{BODY}\n\n[bookmark: _Toc_4]2.标题\n\t[bookmark: x]甲\n\t乙\n\n")
    assert texts(document) == ["2.标题"]
    assert rows(document)[1] == [["甲", "乙"]]


def test_blank_cells_are_as_filed(tmp_path: Path) -> None:
    assert rows(read(tmp_path, "\t其他资金\n\t \n\n\t甲\n\t\n\n")) == [[["其他资金", " "], ["甲", ""]]]


def test_indented_prose_is_no_table(tmp_path: Path) -> None:
    document = read(tmp_path, "\t第一段话说完了。\n\t第二段话也说完了。\n\n\t第三段。\n")
    assert rows(document) == []
    assert texts(document) == ["第一段话说完了。", "第二段话也说完了。", "第三段。"]


def test_text_without_tables_is_paragraphs(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "一\n\n \n二\n")) == ["一", "二"]


def test_rows_pasted_from_a_spreadsheet(tmp_path: Path) -> None:
    document = read(tmp_path, '标题\n一级\t二级\t值\n产出\t数量\t"≥24\n个"\n\t质量\t≥95%\n尾\n')
    assert rows(document) == [[["一级", "二级", "值"], ["产出", "数量", "≥24\n个"], ["", "质量", "≥95%"]]]
    assert texts(document) == ["标题", "尾"]


def test_quotation_mark_that_never_closes_swallows_nothing(tmp_path: Path) -> None:
    filler = "\n".join(f"{number}\t值" for number in range(60))
    document = read(tmp_path, f'甲\t"乙\n{filler}\n')
    assert sum(len(table) for table in rows(document)) == 61


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, line_end: str) -> None:
    document = read(tmp_path, f"标题：２０２３年\n{HEAD}{BODY}".replace("\n", line_end), encoding)
    assert texts(document) == ["标题：２０２３年"]
    assert rows(document)[0][1] == ["产出指标", "数量指标", "保障村级数", "≥24个"]


def test_a_few_bad_bytes_do_not_make_the_text_unreadable() -> None:
    data = ("乡镇绩效目标" * 300).encode()
    assert decode_text(data[:900] + b"\xff" + data[900:]).count("\ufffd") == 1


def test_binary_is_no_text() -> None:
    with pytest.raises(RejectedFile) as caught:
        decode_text(bytes(range(256)) * 4)
    assert caught.value.reason is Reason.UNSUPPORTED_FORMAT


def test_separated_values_are_a_table(tmp_path: Path) -> None:
    records = [
        "项目名称,预算数,三级指标,指标值",
        '道路维修,"300,000",修路里程,≥5公里',
        ',,合格率,"≥95%"',
        "注：单位元,,,",
    ]
    expected = [
        ["项目名称", "预算数", "三级指标", "指标值"],
        ["道路维修", "300,000", "修路里程", "≥5公里"],
        ["", "", "合格率", "≥95%"],
    ]
    document = read(tmp_path, "\n".join(["石桥镇2024年绩效目标,,,", *records]), "gb18030")
    assert (texts(document), rows(document)) == (["石桥镇2024年绩效目标", "注：单位元"], [expected])
    shifted = read(tmp_path, "\n".join(f",{record}" for record in records))
    assert rows(shifted) == [expected]


def test_a_table_of_bars_is_a_table_and_prose_with_commas_is_none(tmp_path: Path) -> None:
    bars = ["| 名称 | 指标值 | 单位 |", "| --- | :---: | --- |", "| 修路 | 5 | 公里 |", "| 架桥 | 2 | 座 |"]
    assert rows(read(tmp_path, "\n".join(bars))) == [
        [["名称", "指标值", "单位"], ["修路", "5", "公里"], ["架桥", "2", "座"]]
    ]
    prose = ["修路,架桥,清淤。", "共3处,5公里。", "完成", "资金1,200,000元。", "改善出行"]
    assert rows(read(tmp_path, "\n".join(prose))) == []
