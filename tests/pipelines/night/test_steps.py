"""One list of steps: what the command calls is what the flow runs as tasks."""

from pathlib import Path

import pipelines.night.steps as steps_module
from pipelines.night.run import run_night
from pipelines.night.state import Night, open_night
from pipelines.night.steps import Step, list_inbox, steps
from warehouse.home import Home

NAMES = ["查看收件目录", "读取第 1 批（2 份）", "读取第 2 批（1 份）", "保存读取结果", "更新数据库", "生成比较表"]


def test_the_batches_are_known_once_the_inbox_is_listed(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(steps_module, "BATCH", 2)
    home = Home(tmp_path)
    night = open_night(home, None, workers=1)
    for name in ("甲", "乙", "丙"):
        (home.inbox / f"{name}.txt").write_text(f"{name}镇的通知", encoding="utf-8")
    names = []
    for step in steps(night):
        names.append(step.name)
        if step.call is list_inbox:
            step.call(night)
    assert names == NAMES
    assert night.total == 3


def test_whoever_carries_the_steps_out_gets_each_once_and_tells_its_name(tmp_path: Path) -> None:
    told: list[str] = []
    carried: list[str] = []

    def carry_out(step: Step, night: Night) -> None:
        carried.append(step.name)
        step.call(night)

    summary = run_night(Home(tmp_path), None, 1, lambda what, done, total: told.append(what), carry_out=carry_out)
    assert carried == ["查看收件目录", "保存读取结果", "更新数据库", "生成比较表"]
    assert [what for what in told if what in carried] == carried
    assert summary.rebuilt and not summary.held_back
