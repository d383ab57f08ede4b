"""Records in words for a person: how a target was read, and where a record stands."""

from decimal import Decimal

from pipelines.inspect.filing import Inspection
from transforms.records import Place, Target

_KINDS = {
    "percent": "比例",
    "quantity": "数量",
    "money": "金额",
    "date": "日期",
    "fraction": "分数",
    "grade": "等级",
    "text": "文字",
}


_DOC_KINDS = {
    "targets": "绩效目标",
    "self_evaluation": "绩效自评",
    "monitoring": "绩效监控",
    "adjustment": "目标调整",
}


def doc_kind_words(doc_kind: str) -> str:
    """Name the kind of document, as the database's labels do."""
    return _DOC_KINDS[doc_kind]


def source_words(inspection: Inspection) -> str:
    """Say where what is shown comes from."""
    if inspection.is_kept:
        return "取自上次运行保存的读取结果（内容与读取程序均未变），没有重新打开文件"
    return "本次打开文件读取"


def target_words(target: Target | None) -> str:
    """Say how a target was read: 金额 <= 7500 元."""
    if target is None or target.target_kind is None:
        return ""
    if target.target_kind == "date":
        value = target.due_date.isoformat() if target.due_date else ""
    elif target.target_kind == "grade":
        value = target.grade or ""
    elif target.comparator == "between":
        value = f"{number(target.value_low)} 至 {number(target.value_high)}"
    else:
        bound = target.value_low if target.value_low is not None else target.value_high
        value = f"{target.comparator or ''} {number(bound)}"
    return f"{_KINDS.get(target.target_kind, target.target_kind)} {value} {target.unit or ''}".strip()


def number(value: Decimal | None) -> str:
    """Write a decimal without an exponent and without trailing zeros."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def place_words(place: Place) -> str:
    """Say where a record stands."""
    page = f"第 {place.page} 页 " if place.page else ""
    return page + (f"表 {place.table_no} 行 {place.row_no}" if place.table_no else "表外")
