"""``jixiao pack``: one file to forward, of one township or of the whole county."""

import re
from pathlib import Path

from pipelines.terminal.errors import WRONG_USAGE, CommandError
from warehouse.home import Home
from warehouse.publication.forward.pack import PackError, pack_county, pack_township


def write_pack(home: Home, township: str | None, file: Path | None) -> int:
    """Pack the latest publication into ``file`` (in the current folder unless named) and print where."""
    publication = home.latest
    if not publication.is_dir():
        raise CommandError(f"{home.path} 还没有发布比较表。", f"请先运行 jixiao --home {home.path} run。", WRONG_USAGE)
    name = re.sub(r'[\\/:*?"<>|]', "_", township or "绩效目标对比")
    place = file or Path(f"{name}_{publication.resolve().name}.zip")
    try:
        if township:
            print(f"{place}（{pack_township(publication, township, place)} 个文件；请解压后打开“请先看这里.html”）")
        else:
            count, drawn = pack_county(publication, place)
            said = "其中 总览.pdf 可直接打印" if drawn else "没有 总览.pdf：需要安装 LibreOffice"
            print(f"{place}（{count} 个文件；请解压后打开“绩效目标对比报告.html”；{said}）")
    except PackError as error:
        raise CommandError(str(error), "请核对乡镇名称，或先运行 jixiao publish。", WRONG_USAGE) from error
    except OSError as error:
        raise CommandError(
            f"无法写入 {place}：{error.strerror}。", "请检查位置是否存在、是否可写。", WRONG_USAGE
        ) from error
    return 0
