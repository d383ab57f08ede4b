"""``jixiao publish --as-of NAME``: an earlier publication made again from what was kept, and compared byte for byte."""

import sys

from pipelines.night.lock import locked
from pipelines.terminal.errors import FAILED, WRONG_USAGE, CommandError
from warehouse.home import Home
from warehouse.models.build import BuildRefusedError
from warehouse.publication.remake.inputs import InputsGoneError, list_recorded
from warehouse.publication.remake.remake import Remake, remake

SHOWN = 10


def remake_publication(home: Home, name: str, *, only_verify: bool) -> int:
    """Make a publication again (or only verify that it could be) and say whether every byte is as it was."""
    from pipelines.commands.run import progress_bar

    recorded = list_recorded(home.path)
    if name not in recorded:
        raise CommandError(
            f"没有发布 {name} 的记录，无法重做。",
            f"可以重做的发布：{'、'.join(recorded) or '无'}。发布时的数据不与数据库一致的发布没有记录。",
            WRONG_USAGE,
        )
    try:
        with locked(home), progress_bar() as tell:
            made = remake(home.path, name, keep=not only_verify, on_progress=tell)
    except InputsGoneError as error:
        raise CommandError(str(error), "请从备份恢复 state/publications 目录后再试。") from error
    except BuildRefusedError as error:
        raise CommandError(
            str(error), "现在的程序不接受当时的数据；请用当时的程序版本重做。数据库和各次发布都没有改变。"
        ) from error
    if made.folder is not None:
        print(f"已重做发布 {name}：{made.folder}")
    if made.is_same:
        print(f"与当时发布的 {name} 逐字节相同。")
        return 0
    complain_of(made)
    return FAILED


def complain_of(made: Remake) -> None:
    """Say on standard error what is not as it was, and what may be the reason."""
    lines = [f"重做的结果与当时发布的 {made.name} 不完全相同："]
    for said, paths in (("内容不同", made.differing), ("缺少", made.missing), ("多出", made.surplus)):
        if paths:
            more = f" 等 {len(paths)} 个文件" if len(paths) > SHOWN else ""
            lines.append(f"  {said}：{'、'.join(paths[:SHOWN])}{more}")
    if made.pages_gone:
        lines.append(f"  有 {len(made.pages_gone)} 份报送文件已不在收件目录，其来源页面无法重画；请放回原文件后再试。")
    if made.program:
        lines.append(
            f"  程序已不是当时的版本（{'、'.join(made.program)}）；用当时的程序版本和 requirements.lock 才能逐字节重做。"
        )
    print("\n".join(lines), file=sys.stderr)
