from pathlib import Path

import pytest

from extractors.docx.number_formats import format_number
from tests.extractors.docx.word_files import cell, first_grid, paragraph, read, row, run, table, texts, write_docx


def level(number: int, kind: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, overrides: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="4"><w:abstractNumId w:val="7"/>{overrides}</w:num>'
    )


def numbered(text: str, at: int = 0, num_id: int = 3) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{num_id}"/></w:numPr>')


def read_texts(tmp_path: Path, body: str, numbering: str, styles: str | None = None) -> list[str]:
    return texts(read(write_docx(tmp_path / "a.docx", body, numbering=numbering, styles=styles)))


NOTHING = '<w:suff w:val="nothing"/>'


def test_numbers_that_are_not_in_the_text_are_shown(tmp_path: Path) -> None:
    body = numbered("保障运转") + paragraph("无号") + numbered("维护稳定")
    assert read_texts(tmp_path, body, lists(level(0, "decimal", "%1.", NOTHING))) == [
        "1.保障运转",
        "无号",
        "2.维护稳定",
    ]


def test_levels_count_below_their_parents(tmp_path: Path) -> None:
    numbering = lists(level(0, "chineseCounting", "%1、", NOTHING), level(1, "decimal", "（%2）", NOTHING))
    body = numbered("总体") + numbered("甲", 1) + numbered("乙", 1) + numbered("分项") + numbered("丙", 1)
    assert read_texts(tmp_path, body, numbering) == ["一、总体", "（1）甲", "（2）乙", "二、分项", "（1）丙"]


def test_level_that_names_its_parents(tmp_path: Path) -> None:
    numbering = lists(level(0, "chineseCounting", "%1", NOTHING), level(1, "decimal", "%1.%2", "<w:isLgl/>" + NOTHING))
    assert read_texts(tmp_path, numbered("章") + numbered("节", 1), numbering) == ["一章", "1.1节"]


def test_level_that_never_restarts(tmp_path: Path) -> None:
    numbering = lists(
        level(0, "decimal", "%1.", NOTHING), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>' + NOTHING)
    )
    body = numbered("甲") + numbered("乙", 1) + numbered("丙") + numbered("丁", 1)
    assert read_texts(tmp_path, body, numbering) == ["1.甲", "(1)乙", "2.丙", "(2)丁"]


def test_list_that_starts_anew_and_list_that_counts_on(tmp_path: Path) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = numbered("甲") + numbered("乙") + numbered("丙", 0, 4) + numbered("丁", 0, 4)
    one = level(0, "decimal", "%1.", NOTHING)
    assert read_texts(tmp_path, body, lists(one, overrides=override)) == ["1.甲", "2.乙", "1.丙", "2.丁"]
    assert read_texts(tmp_path, body, lists(one)) == ["1.甲", "2.乙", "3.丙", "4.丁"]


def test_tab_after_the_number_is_a_blank(tmp_path: Path) -> None:
    assert read_texts(tmp_path, numbered("95%以上"), lists(level(0, "decimal", "%1"))) == ["1 95%以上"]


def test_number_from_the_paragraph_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h2"><w:basedOn w:val="h1"/></w:style>'
    )
    numbering = lists(
        level(0, "decimal", "%1.", '<w:pStyle w:val="h1"/>' + NOTHING),
        level(1, "decimal", "%1.%2", '<w:pStyle w:val="h2"/>' + NOTHING),
    )
    body = paragraph("章", '<w:pStyle w:val="h1"/>') + paragraph("节", '<w:pStyle w:val="h2"/>')
    assert read_texts(tmp_path, body, numbering, styles) == ["1.章", "1.1节"]


def test_number_that_the_paragraph_switches_off(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="h"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    )
    body = paragraph("无号", '<w:pStyle w:val="h"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert read_texts(tmp_path, body, lists(level(0, "decimal", "%1.")), styles) == ["无号"]


def test_numbers_alone_fill_a_column(tmp_path: Path) -> None:
    rows = [row(cell(numbered("")), name) for name in ("甲", "乙")]
    path = write_docx(tmp_path / "a.docx", table(*rows), numbering=lists(level(0, "decimal", "%1")))
    assert first_grid(read(path)).rows() == [["1", "甲"], ["2", "乙"]]


def test_deleted_paragraph_does_not_count(tmp_path: Path) -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>'
        f"<w:del>{run('删')}</w:del></w:p>"
    )
    body = numbered("甲") + gone + numbered("乙")
    assert read_texts(tmp_path, body, lists(level(0, "decimal", "%1.", NOTHING))) == ["1.甲", "2.乙"]


def test_bullets_of_symbol_fonts_are_shown(tmp_path: Path) -> None:
    assert read_texts(tmp_path, numbered("甲"), lists(level(0, "bullet", "\uf0b7"))) == ["• 甲"]


def test_linked_list_takes_its_levels_from_the_style(tmp_path: Path) -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="S"/>{level(0, "upperRoman", "%1.", NOTHING)}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="S"/></w:abstractNum>'
        '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    )
    assert read_texts(tmp_path, numbered("甲") + numbered("乙"), numbering) == ["I.甲", "II.乙"]


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (12, "chineseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (105, "japaneseCounting", "一百零五"),
        (1010, "taiwaneseCountingThousand", "一千零一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (11, "ideographTraditional", "甲"),
        (12, "ideographZodiac", "亥"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircleChinese", "㉑"),
        (2, "decimalEnclosedParen", "⑵"),
        (2, "decimalEnclosedFullstop", "⒉"),
        (10, "decimalFullWidth", "１０"),
        (2023, "ideographDigital", "二〇二三"),
        (28, "lowerLetter", "bb"),
        (49, "upperRoman", "XLIX"),
        (4, "none", ""),
        (4, "someday", "4"),
    ],
)
def test_number_formats(value: int, kind: str, text: str) -> None:
    assert format_number(value, kind) == text
