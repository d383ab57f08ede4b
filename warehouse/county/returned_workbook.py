"""What the bureau wrote into the published workbook, read back: the state of findings, and why.

The bureau fills in the columns 整改状态 and 处理意见 of the sheet 审核问题 and saves the workbook in ``<home>/config``. What
differs there from what was published in the same row is a new word about that finding, said when the file was saved;
a later word (of ``jixiao review``, or of another workbook) stands.
"""

import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.county.files import CountyFileError
from warehouse.county.finding_states import (
    FINDING_KEY,
    FINDING_STATES_FILE,
    NEW,
    STATES,
    FindingState,
    load_finding_states,
    record_finding_states,
)

SHEET = "审核问题"
STATE_HEADING, NOTE_HEADING = "整改状态", "处理意见"
KEY_HEADING, PUBLISHED_STATE, PUBLISHED_NOTE = "问题编号", "处理状态", "处理说明"
STATE_NAMES = {NEW: "新发现", "open": "待改正", "answered": "已答复", "settled": "已解决", "waived": "不再追究"}
"""What stands in the workbook for each state; a test holds it against the labels of ``sql/labels.csv``."""

_CODES = {name: code for code, name in STATE_NAMES.items()}
_SEEN = {
    "fiscal_year": "年度",
    "township": "乡镇",
    "project_name": "项目名称",
    "indicator_raw": "三级指标（原文）",
    "rule_title": "规则名称",
}
_HEAD_ROWS = 5
"""The headings stand among so many first rows."""


def take_back_states(config: Path) -> int:
    """Take what workbooks in ``config`` say of findings into ``finding_states.csv``; give how many states are new.

    Raises CountyFileError (Chinese) that names every mistake with its file and row; nothing is taken then.
    """
    said: dict[str, FindingState] = {}
    mistakes: list[str] = []
    for path in sorted(config.glob("*.xlsx")):
        if path.name.startswith("~$"):
            continue
        for row, state in _read_book(path, mistakes):
            before = said.get(state.finding_key)
            if before is None or before.decided_at < state.decided_at:
                said[state.finding_key] = state
            elif before.decided_at == state.decided_at and (before.state, before.reason) != (state.state, state.reason):
                mistakes.append(f"{path.name} 第{row}行：同一问题在两处填写不同")
    if mistakes:
        raise CountyFileError("；".join(mistakes))
    path = config / FINDING_STATES_FILE
    known = {one.finding_key: one for one in load_finding_states(path)} if said else {}
    news = [one for one in said.values() if _is_news(one, known.get(one.finding_key))]
    if news:
        record_finding_states(path, news)
    return len(news)


def _is_news(said: FindingState, known: FindingState | None) -> bool:
    if known is None:
        return said.state != NEW
    return known.decided_at < said.decided_at and (known.state, known.reason) != (said.state, said.reason)


def _read_book(path: Path, mistakes: list[str]) -> Iterator[tuple[int, FindingState]]:
    """Yield the states that were changed in a workbook, with the row each stands in; other workbooks hold none."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise CountyFileError(f"{path.name}：打不开（{error}）；如正在 Excel 中编辑，请保存并关闭后重试") from error
    try:
        if SHEET not in book.sheetnames:
            return
        saved = f"{datetime.fromtimestamp(path.stat().st_mtime):%Y-%m-%d %H:%M}"
        heads: dict[str, int] = {}
        for number, values in enumerate(book[SHEET].iter_rows(values_only=True), 1):
            if not heads:
                heads = _heads(values)
                if number > _HEAD_ROWS and not heads:
                    return
                continue
            texts = {name: _text(values[at]) for name, at in heads.items() if at < len(values)}
            state = _changed(path, number, texts, saved, mistakes)
            if state is not None:
                yield number, state
    finally:
        book.close()


def _heads(values: tuple[Any, ...]) -> dict[str, int]:
    found = {_text(value): at for at, value in enumerate(values)}
    needed = {KEY_HEADING, STATE_HEADING, NOTE_HEADING, PUBLISHED_STATE, PUBLISHED_NOTE}
    return found if needed <= found.keys() else {}


def _changed(path: Path, number: int, texts: Mapping[str, str], saved: str, mistakes: list[str]) -> FindingState | None:
    state, note = texts[STATE_HEADING], texts[NOTE_HEADING]
    if (state, note) == (texts[PUBLISHED_STATE], texts[PUBLISHED_NOTE]) or not texts[KEY_HEADING]:
        return None
    if not FINDING_KEY.fullmatch(texts[KEY_HEADING]):
        mistakes.append(f"{path.name} 第{number}行：{KEY_HEADING}“{texts[KEY_HEADING][:20]}”已被改动，请从原工作簿恢复")
        return None
    code = _CODES.get(state)
    if code is None:
        mistakes.append(
            f"{path.name} 第{number}行：{STATE_HEADING}“{state}”应为 {'、'.join(STATE_NAMES.values())} 之一"
        )
        return None
    if code == NEW and note:  # whoever writes an opinion has looked at it
        code = STATES[0]
    if code == "waived" and not note:
        mistakes.append(f"{path.name} 第{number}行：{STATE_HEADING}为“{state}”时须填写{NOTE_HEADING}")
        return None
    seen = {name: texts.get(heading, "") for name, heading in _SEEN.items()}
    return FindingState(texts[KEY_HEADING], code, note, saved, path.name, **seen)


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
