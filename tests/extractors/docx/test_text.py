from pathlib import Path

import pytest

from tests.extractors.docx.word_files import (
    NAMESPACES,
    cell,
    first_grid,
    paragraph,
    read,
    row,
    run,
    table,
    texts,
    write_docx,
)

WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
SYMBOL = '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>'
TICKED = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'
FORM_BOX = (
    f"<w:r><w:fldChar w:fldCharType='begin'>{TICKED}</w:fldChar></w:r>"
    "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
)
BOX = "<w:txbxContent>{}</w:txbxContent>"
MODERN_BOX = "<w:drawing><wps:txbx>" + BOX + "</wps:txbx></w:drawing>"
OLD_BOX = "<w:pict><v:shape><v:textbox>" + BOX + "</v:textbox></v:shape></w:pict>"


def paragraph_of(*content: str) -> str:
    return f"<w:p>{''.join(content)}</w:p>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        pytest.param(run("不少于") + run("5件"), "不少于5件", id="runs join"),
        pytest.param(
            "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "甲\t乙\n丙", id="tab and break"
        ),
        pytest.param("<w:r><w:t>2023</w:t><w:noBreakHyphen/><w:t>12</w:t></w:r>", "2023-12", id="fixed hyphen"),
        pytest.param("<w:r><w:t>可选</w:t><w:softHyphen/><w:t>连字</w:t></w:r>", "可选连字", id="soft hyphen"),
        pytest.param(f"<w:ins>{run('新')}</w:ins>" + run("增"), "新增", id="insertion in"),
        pytest.param(f"<w:moveTo>{run('移来')}</w:moveTo>", "移来", id="moved here in"),
        pytest.param(f"<w:hyperlink r:id='x'>{run('链接')}</w:hyperlink>", "链接", id="hyperlink"),
        pytest.param(f"<w:smartTag><w:smartTag>{run('标签')}</w:smartTag></w:smartTag>", "标签", id="smart tags"),
        pytest.param(f"<w:fldSimple w:instr='DATE'>{run('2023年')}</w:fldSimple>", "2023年", id="simple field"),
        pytest.param(
            f"<w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>", "控件", id="content control"
        ),
        pytest.param("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r>", "☑", id="Wingdings box"),
        pytest.param("<w:r><w:sym w:font='Wingdings 2' w:char='F052'/></w:r>", "☑", id="Wingdings 2 box"),
        pytest.param("<w:r><w:sym w:font='Symbol' w:char='F0B3'/></w:r>" + run("95%"), "≥95%", id="Symbol sign"),
        pytest.param(run("\uf0a3", SYMBOL) + run("5%"), "≤5%", id="Symbol code in text"),
        pytest.param(run("\uf0fc", WINGDINGS), "√", id="Wingdings code in text"),
        pytest.param(
            "<w:r><w:ruby><w:rt>" + run("pin") + "</w:rt><w:rubyBase>" + run("拼") + "</w:rubyBase></w:ruby></w:r>",
            "拼",
            id="ruby base only",
        ),
        pytest.param("<m:oMath><m:r><m:t>≥95</m:t></m:r></m:oMath>" + run("%"), "≥95%", id="formula"),
        pytest.param(
            "<m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>",
            "3/4",
            id="fraction",
        ),
        pytest.param(run("正文") + "<w:r><w:footnoteReference w:id='2'/></w:r>", "正文", id="footnote mark out"),
        pytest.param(FORM_BOX, "☑", id="form field box"),
    ],
)
def test_text_of_a_paragraph(tmp_path: Path, content: str, text: str) -> None:
    document = read(write_docx(tmp_path / "a.docx", paragraph_of(run("一"), content, run("二"))))
    assert texts(document) == [f"一{text}二"]


@pytest.mark.parametrize(
    ("content", "note"),
    [
        pytest.param(
            f"<w:del><w:r><w:delText>旧</w:delText></w:r>{run('旧')}</w:del>", "tracked_deletion_dropped", id="deleted"
        ),
        pytest.param(f"<w:moveFrom>{run('移走')}</w:moveFrom>", "tracked_deletion_dropped", id="moved away"),
        pytest.param(run("隐藏", "<w:vanish/>"), "hidden_text_dropped", id="hidden"),
        pytest.param(run("划掉", "<w:strike/>"), "struck_text_dropped", id="struck"),
        pytest.param(run("划掉", "<w:dstrike w:val='1'/>"), "struck_text_dropped", id="struck twice"),
        pytest.param(
            f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('单击此处输入')}</w:sdtContent></w:sdt>",
            "hidden_text_dropped",
            id="prompt of an empty control",
        ),
    ],
)
def test_dropped_text_leaves_a_note(tmp_path: Path, content: str, note: str) -> None:
    document = read(write_docx(tmp_path / "a.docx", paragraph_of(run("留下"), content)))
    assert texts(document) == ["留下"]
    assert [one.code for one in document.notes] == [note]


def test_text_that_says_it_is_not_hidden_stays(tmp_path: Path) -> None:
    document = read(write_docx(tmp_path / "a.docx", paragraph_of(run("看得见", "<w:vanish w:val='0'/>"))))
    assert texts(document) == ["看得见"]
    assert document.notes == ()


def test_text_hidden_by_a_style_that_is_based_on_a_hidden_one(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="character" w:styleId="c"><w:basedOn w:val="a"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    )
    body = paragraph_of(run("留", '<w:rStyle w:val="c"/>'), run("藏", '<w:rStyle w:val="b"/>'))
    assert texts(read(write_docx(tmp_path / "a.docx", body, styles=styles))) == ["留"]


def test_hidden_paragraph_style_and_hidden_character_style_cancel_each_other(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="p"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = f'<w:p><w:pPr><w:pStyle w:val="p"/></w:pPr>{run("藏")}{run("露", "<w:rStyle w:val=" + chr(34) + "c" + chr(34) + "/>")}</w:p>'
    assert texts(read(write_docx(tmp_path / "a.docx", body, styles=styles))) == ["露"]


def test_field_code_is_out_and_its_result_is_in(tmp_path: Path) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = mark("begin") + "<w:r><w:instrText>REF x</w:instrText></w:r>" + mark("separate") + run("内码") + mark("end")
    body = paragraph_of(
        run("前"),
        mark("begin"),
        "<w:r><w:instrText>IF </w:instrText></w:r>",
        inner,
        mark("separate"),
        run("结果"),
        mark("end"),
        run("后"),
    )
    assert texts(read(write_docx(tmp_path / "a.docx", body))) == ["前结果后"]


def test_field_that_never_ends_hides_nothing(tmp_path: Path) -> None:
    body = paragraph_of('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("本段")) + paragraph("下一段")
    assert texts(read(write_docx(tmp_path / "a.docx", body))) == ["本段", "下一段"]


def test_paragraph_whose_mark_was_deleted_runs_on(tmp_path: Path) -> None:
    body = paragraph("第一", "<w:rPr><w:del/></w:rPr>") + paragraph("第二") + paragraph("第三")
    assert texts(read(write_docx(tmp_path / "a.docx", body))) == ["第一第二", "第三"]


@pytest.mark.parametrize("box", [MODERN_BOX, OLD_BOX], ids=["modern", "old"])
def test_text_box_follows_its_paragraph_once(tmp_path: Path, box: str) -> None:
    content = box.format(paragraph("框里") + table(row("一", "二"), row("三", "四")))
    body = paragraph_of(run("锚"), f"<w:r>{content}</w:r>") + paragraph("之后")
    document = read(write_docx(tmp_path / "a.docx", body))
    assert texts(document) == ["锚", "框里", "之后"]
    assert first_grid(document).rows() == [["一", "二"], ["三", "四"]]


@pytest.mark.parametrize(
    "inside", [paragraph("框里"), table(row("一", "二"), row("三", "框里"))], ids=["text", "table"]
)
def test_text_after_a_text_box_is_not_the_boxs(tmp_path: Path, inside: str) -> None:
    body = paragraph_of(run("锚"), f"<w:r>{MODERN_BOX.format(inside)}</w:r>", run("锚后"))
    document = read(write_docx(tmp_path / "a.docx", body))
    cells = [cell.text for grid in document.grids() for cell in grid.cells]
    assert "".join(texts(document) + cells) in ("锚锚后框里", "锚锚后一二三框里")


def test_text_box_in_both_branches_of_alternate_content_is_read_once(tmp_path: Path) -> None:
    modern, old = MODERN_BOX.format(paragraph("框里")), OLD_BOX.format(paragraph("框里"))
    alternate = f'<mc:AlternateContent><mc:Choice Requires="wps">{modern}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>'
    document = read(write_docx(tmp_path / "a.docx", paragraph_of(run("锚"), f"<w:r>{alternate}</w:r>")))
    assert texts(document) == ["锚", "框里"]


def test_text_box_inside_a_cell_belongs_to_the_cell(tmp_path: Path) -> None:
    content = paragraph_of(run("锚"), f"<w:r>{MODERN_BOX.format(paragraph('框里'))}</w:r>")
    document = read(write_docx(tmp_path / "a.docx", table(row(cell(content), "乙"), row("丙", "丁"))))
    assert first_grid(document).rows() == [["锚\n框里", "乙"], ["丙", "丁"]]


@pytest.mark.parametrize("wrapper", ["<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:customXml>{}</w:customXml>"])
def test_blocks_inside_wrappers_are_read(tmp_path: Path, wrapper: str) -> None:
    body = wrapper.format(wrapper.format(paragraph("里面") + table(row("一", "二"), row("三", "四"))))
    document = read(write_docx(tmp_path / "a.docx", body))
    assert texts(document) == ["里面"]
    assert first_grid(document).rows() == [["一", "二"], ["三", "四"]]


def test_pretty_printed_xml_adds_no_text(tmp_path: Path) -> None:
    body = "\n  <w:p>\n    <w:r>\n      <w:t>正文</w:t>\n    </w:r>\n  </w:p>\n" + table(
        "\n<w:tr>\n<w:tc>\n<w:p>\n<w:r>\n<w:t>甲</w:t></w:r></w:p>\n</w:tc></w:tr>"
    )
    document = read(write_docx(tmp_path / "a.docx", body))
    assert texts(document) == ["正文"]
    assert first_grid(document).rows() == [["甲"]]


def test_comments_and_instructions_of_xml_are_no_text(tmp_path: Path) -> None:
    body = paragraph_of("<!-- 注 -->", run("正文"), "<?x y?>")
    assert texts(read(write_docx(tmp_path / "a.docx", body))) == ["正文"]


def test_strict_namespaces_read_like_the_usual_ones(tmp_path: Path) -> None:
    strict = NAMESPACES.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    body = paragraph("严格") + table(row(cell("宽", '<w:gridSpan w:val="2"/>'), "窄"))
    path = write_docx(
        tmp_path / "a.docx",
        body,
        namespaces=strict,
        office="http://purl.oclc.org/ooxml/officeDocument/relationships",
        styles='<w:style w:type="paragraph" w:styleId="x"><w:rPr><w:vanish/></w:rPr></w:style>',
    )
    document = read(path)
    assert texts(document) == ["严格"]
    assert first_grid(document).rows() == [["宽", None, "窄"]]


def test_utf16_parts_are_read(tmp_path: Path) -> None:
    import zipfile

    path = write_docx(tmp_path / "a.docx", paragraph("双字节"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["word/document.xml"].decode().replace("UTF-8", "UTF-16")
    parts["word/document.xml"] = text.encode("utf-16")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert texts(read(path)) == ["双字节"]


def test_main_part_is_found_through_the_relations(tmp_path: Path) -> None:
    assert texts(read(write_docx(tmp_path / "a.docx", paragraph("别处"), main="xyz/other.xml"))) == ["别处"]
