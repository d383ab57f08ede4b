"""``jixiao demo``: the whole job on the sample filings, in a home that holds nothing else."""

import shutil
import sys
from pathlib import Path

from pipelines.terminal.errors import WRONG_USAGE, CommandError
from pipelines.terminal.homes import create_home
from warehouse.home import Home

SAMPLES = Path(__file__).parents[1] / "samples"
FILINGS = SAMPLES / "filings"
CONFIG = SAMPLES / "config"
MARK_TEXT = """本目录由 jixiao demo 建立，用来演示。
inbox 中的报送文件除李钊庄镇外都是虚构乡镇的虚构内容，请勿用于正式工作；不再需要时可整个删除。
"""


def run_demo(home: Home) -> int:
    """Copy the samples into the home, run the main job, and say where to look."""
    from pipelines.commands.run import run_and_report

    prepare(home)
    print(
        f"示例：{sum(1 for _ in FILINGS.iterdir())} 份报送文件，除李钊庄镇外都是虚构乡镇。工作目录：{home.path}",
        file=sys.stderr,
    )
    code = run_and_report(home, None, None, as_json=False)
    (workbook, *_), (report, *_) = (sorted(home.latest.glob(f"*.{kind}")) for kind in ("xlsx", "html"))
    print(WHERE_TO_LOOK.format(home=home.path, workbook=workbook, report=report, sample=example_file(home)))
    return code


WHERE_TO_LOOK = """
到哪里看：
  网页报告（浏览器打开）　{report}
  工作簿（Excel 打开）　　{workbook}
  查询数据库　　　　　　　jixiao --home {home} sql "select township, indicator, value_yuan from mart.cost_comparison"
  看一份文件是怎样读的　　jixiao inspect "{sample}"
  换成自己的文件　　　　　放进 county/inbox，运行 jixiao run"""


def prepare(home: Home) -> None:
    """Lay the samples into the home's inbox and config; refuse a home that holds real filings."""
    samples = {path.name for path in FILINGS.iterdir()}
    foreign = [path.name for path in home.inbox.iterdir() if path.name not in samples] if home.inbox.exists() else []
    if not home.is_demo and (foreign or home.parquet.exists()):
        raise CommandError(
            f"{home.path} 已用于正式工作，不能再放入虚构的示例文件。",
            "请用 --home 为示例另指定一个目录，例如 jixiao --home county-demo demo。",
            WRONG_USAGE,
        )
    create_home(home)
    home.demo_mark.write_text(MARK_TEXT, encoding="utf-8")
    for source, target in ((FILINGS, home.inbox), (CONFIG, home.config)):
        for path in sorted(source.iterdir()):
            if not (target / path.name).exists():
                # With the file's time: it is when the filing was received.
                shutil.copy2(path, target / path.name)


def example_file(home: Home) -> Path:
    """Give the real filing's place in the home, or any other's."""
    names = sorted(home.inbox.iterdir(), key=lambda path: ("李钊庄" not in path.name, path.name))
    return names[0]
