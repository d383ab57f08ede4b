"""What the reading itself has to say to a person: units not stated, names missing, levels inferred, odd targets."""

from collections.abc import Iterable, Mapping

from extractors.document import Grid, ReadNote
from transforms.numbers.money import HeadAmount
from transforms.records import Finding, FiscalYear, Indicator, Place, Target

_AMOUNT_WORDS = {
    "amount_total": "预算数",
    "amount_fiscal": "财政资金",
    "amount_carryover": "上年结转",
    "amount_other": "其他资金",
    "column_adjusted": "全年预算数",
    "column_executed": "全年执行数",
}
_TARGET_NOTES: dict[str, tuple[str, str]] = {
    "ge_read_as_2": ("warning", "指标值“{raw}”疑似把“≥”误写或误识为“2”，请核对原件。"),
    "doubled_text": ("warning", "指标值“{raw}”内容重复书写，请改为一次。"),
    "zero_may_be_placeholder": ("warning", "指标值“{raw}”为 0，可能是未填写的占位数，请核对。"),
    "unit_inferred": ("info", "指标值“{raw}”没有写单位，按指标“{name}”的名称或类别推断为“{unit}”。"),
    "unit_from_name": ("info", "指标值“{raw}”没有写单位，取自指标名称“{name}”中的单位。"),
    "sign_from_name": ("info", "指标值“{raw}”没有写符号，取自指标名称“{name}”中的符号。"),
    "target_from_name": ("info", "指标“{name}”的指标值栏为空，指标值取自名称中的“{raw}”。"),
    "several_values": ("info", "指标值“{raw}”包含多个数值，未作数值比较，请拆分为多条指标。"),
    "number_not_read": ("info", "指标值“{raw}”中的数字含义不能确定，按文字处理，请核对。"),
    "several_choices": ("warning", "指标值“{raw}”勾选了不止一项，请只勾选一项。"),
    "range_reversed": ("warning", "指标值“{raw}”的起止写反了，请改正。"),
    "by_places": ("info", "指标“{name}”按单位分列了指标值（{raw}），按文字处理，未作数值比较。"),
    "leftover": ("info", "指标值“{raw}”除数值外还有其他文字，请核对理解是否正确。"),
    "approximate": ("info", "指标值“{raw}”是约数，按等于处理。"),
    "filler": ("warning", "指标“{name}”的指标值只有占位符“{raw}”，请填写。"),
}
_YEAR_WORDS = {
    "table_mark": "表上标注",
    "title": "标题",
    "deadlines": "完成时限",
    "file_name": "文件名",
    "project_codes": "项目编码",
    "decided": "人工确认",
}
_READ_NOTES: dict[str, tuple[str, str]] = {
    "tracked_deletion_dropped": ("info", "文件中有修订删除的文字，已按删除处理；请接受全部修订后再报送。"),
    "hidden_text_dropped": ("info", "文件中有隐藏文字，未读取。"),
    "struck_text_dropped": ("info", "文件中有带删除线的文字，已按删除处理。"),
    "page_recognised": ("info", "有的页是图片，文字由程序识别，请对照原件核对数字和符号。"),
    "page_photographed": ("info", "有的页是斜着拍的照片，拉正后识别，请对照原件核对；建议报送扫描件或电子文件。"),
    "page_not_recognised": ("warning", "有的页是图片，识别失败，没有读出任何内容，请对照原件补录或重新扫描。"),
    "page_without_text": ("info", "有的页没有可读取的文字。"),
    "page_is_picture": (
        "warning",
        "有的页是图片（扫描件），图中的内容没有读取，请对照原件核对；建议报送原始电子文件。",
    ),
    "picture_not_read": ("warning", "文件中有大幅图片，可能是表格的图片，图中的内容没有读取，请对照原件核对。"),
    "unmapped_text": ("warning", "有的字符没有文字编码，读不出是什么字，请对照原件核对。"),
    "twin_glyphs": ("warning", "文字的字体有损坏，有的“2”可能是别的符号（例如“≥”），请对照原件核对。"),
    "table_not_told": ("info", "图片中有像表格的文字，但没有认出表格线，请对照原件核对；建议报送清晰的扫描件。"),
    "text_unread": ("info", "图片中有像文字的笔迹没有认出来，请对照原件核对。"),
    "text_not_in_a_cell": ("warning", "有的文字不在任何单元格或段落中，没有读取，请对照原件核对。"),
    "nested_table": ("info", "表格中嵌有表格，已分别读取。"),
    "columns_from_gaps": ("info", "表格没有竖线，各列按文字之间的空白分开，请对照原文核对。"),
    "embedded_part_not_read": ("info", "文件中嵌入了其他文件的内容，该部分未读取；请把内容直接写入文件后再报送。"),
    "hidden_cells_dropped": ("info", "文件中有隐藏的行、列或工作表，未读取；如需报送请取消隐藏。"),
}


def amount_findings(amounts: Mapping[str, HeadAmount], project_no: int, place: Place) -> Iterable[Finding]:
    """Yield a finding for each amount that has no stated unit or is no amount."""
    for role, amount in amounts.items():
        if amount.problem is None:
            continue
        word = _AMOUNT_WORDS[role]
        if amount.problem == "no_unit":
            message = f"{word}“{amount.raw.strip()}”没有写明金额单位（元或万元），未计入金额；请补写单位。"
        elif amount.problem == "below_a_cent":
            message = f"{word}“{amount.raw.strip()}”换算后不足一分的部分已四舍五入，请核对。"
        else:
            message = f"{word}“{amount.raw.strip()}”不是金额，请核对。"
        rule = {"no_unit": "money_unit_missing", "below_a_cent": "amount_below_a_cent"}.get(
            amount.problem, "amount_unreadable"
        )
        yield Finding(rule, "warning", message, amount.raw, project_no, None, place)


def name_finding(name: str, project_no: int, place: Place, indicator_no: int | None = None) -> Iterable[Finding]:
    """Yield the finding of a row or form that has no name of its own."""
    what = "指标" if indicator_no else "项目"
    rule = "indicator_name_missing" if indicator_no else "project_name_missing"
    yield Finding(
        rule, "warning", f"没有写{what}名称，暂以“{name}”代替，请补写。", name, project_no, indicator_no, place
    )


def level_finding(indicator: Indicator, level1: str | None) -> Iterable[Finding]:
    """Yield the finding of a level 1 that was inferred from level 2."""
    if level1 is not None:
        message = f"指标“{indicator.indicator_raw}”没有写一级指标，按二级指标“{indicator.level2}”推断为“{level1}”。"
        yield Finding(
            "level1_inferred",
            "info",
            message,
            indicator.level2,
            indicator.project_no,
            indicator.indicator_no,
            indicator.place,
        )


def target_findings(target: Target, name: str, project_no: int, indicator_no: int, place: Place) -> Iterable[Finding]:
    """Yield a finding for each suspicion that the grammar noted on a target."""
    for note in target.notes:
        if note in _TARGET_NOTES:
            severity, sentence = _TARGET_NOTES[note]
            message = sentence.format(raw=target.raw, name=name, unit=target.unit)
            yield Finding(f"target_{note}", severity, message, target.raw, project_no, indicator_no, place)


def year_findings(found: FiscalYear) -> Iterable[Finding]:
    """Yield a finding where no year is stated, only other facts tell it, or something contradicts it."""
    nowhere = Place(None, 0, 0)
    for where, other in found.others:
        message = f"按{_YEAR_WORDS[str(found.source)]}预算年度为 {found.year} 年，{_YEAR_WORDS[where]}却是 {other} 年，请确认。"
        yield Finding("fiscal_year_conflict", "warning", message, str(other), None, None, nowhere)
    if found.year is None:
        yield Finding(
            "fiscal_year_missing", "error", "文件中找不到预算年度，请在标题中写明年度。", None, None, None, nowhere
        )
    elif found.source in ("deadlines", "project_codes"):
        message = f"文件没有写明年度，按{_YEAR_WORDS[found.source]}推断为 {found.year} 年。"
        yield Finding("fiscal_year_inferred", "info", message, None, None, None, nowhere)


def read_note_findings(notes: Iterable[ReadNote]) -> Iterable[Finding]:
    """Yield one finding for each kind of note that the reader made, with the first page where it was met."""
    seen: set[str] = set()
    for note in notes:
        if note.table_no is None and note.code in _READ_NOTES and note.code not in seen:
            seen.add(note.code)
            severity, sentence = _READ_NOTES[note.code]
            yield Finding(note.code, severity, sentence, note.message, None, None, Place(note.page, 0, 0))


def stranger_findings(grids: Iterable[Grid]) -> Iterable[Finding]:
    """Yield a finding for each table that holds indicators but belongs to no form that was understood."""
    for grid in grids:
        message = f"第 {grid.table_no} 张表含有绩效指标，但没有表头，或表头的含义未知，未读取；请说明表头的含义，或补全表头后重新报送。"
        yield Finding(
            "indicator_table_unread", "warning", message, None, None, None, Place(grid.page_of(0), grid.table_no, 1)
        )
