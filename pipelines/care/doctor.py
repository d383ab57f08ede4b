"""``jixiao doctor``: everything about the machine that a night needs, all problems at once."""

import os
import shutil
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import Requirement

from extractors.doc.convert import find_libreoffice
from pipelines.care.trouble import Trouble, report
from pipelines.night.lock import is_free
from pipelines.night.settings import MailSettings, load_settings
from pipelines.night.space import MEGABYTE, expected_bytes
from pipelines.service.schedule import TIME_ZONE
from pipelines.terminal.errors import FAILED, CommandError
from warehouse.home import Home
from warehouse.publication.templates import broken_templates, missing_templates

CONNECT_SECONDS = 5.0
AHEAD = timedelta(minutes=10)
FIRST_RELEASE = datetime(2026, 11, 1, tzinfo=UTC)
"""No clock is right that shows a day before the program was written."""


def examine(home: Home, inbox: Path | None, *, as_json: bool) -> int:
    """Print all problems; exit code 1 where a night cannot work."""
    troubles = [
        *_programs(),
        *_packages(),
        *_place(home),
        *_inbox(inbox or home.inbox),
        *_clock(home),
        *_mail(home),
        *_templates(home),
    ]
    facts = {"home": str(home.path.resolve()), "python": sys.version.split()[0], "jixiao": version("jixiao")}
    return FAILED if report("检查运行环境", facts, troubles, as_json=as_json) else 0


def _programs() -> Iterator[Trouble]:
    if find_libreoffice() is None:
        yield Trouble(
            "no_libreoffice",
            "没有找到 LibreOffice，DOC、WPS、RTF 文件无法读取。",
            "请安装 LibreOffice（soffice）。",
            grave=False,
        )
    fonts = shutil.which("fc-list")
    listed = subprocess.run([fonts, ":lang=zh"], capture_output=True, check=False).stdout if fonts else b""
    if not listed.strip():
        yield Trouble(
            "no_fonts",
            "没有找到中文字体：没有嵌入字体的 PDF，“出处”中的页面图片会缺字（图表不受影响）。",
            "请安装中文字体，如 Noto Sans CJK。",
            grave=False,
        )


def _packages() -> Iterator[Trouble]:
    for line in requires("jixiao") or []:
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        try:
            found = version(wanted.name)
        except PackageNotFoundError:
            yield Trouble("package_missing", f"缺少软件包 {wanted.name}。", "请按 requirements.lock 重新安装。")
            continue
        if not wanted.specifier.contains(found, prereleases=True):
            yield Trouble(
                "package_version",
                f"软件包 {wanted.name} 的版本 {found} 不合要求（{wanted.specifier}）。",
                "请按 requirements.lock 重新安装。",
            )


def _place(home: Home) -> Iterator[Trouble]:
    folder = next(path for path in (home.path, *home.path.resolve().parents) if path.exists())
    if not os.access(folder, os.W_OK):
        yield Trouble("not_writable", f"{folder} 不可写。", "请检查工作目录的权限。")
        return
    free, needed = shutil.disk_usage(folder).free, expected_bytes(home)
    if free < needed:
        yield Trouble(
            "disk_full",
            f"磁盘空间不够：约需 {needed / MEGABYTE:,.0f} MB，只剩 {free / MEGABYTE:,.0f} MB。",
            "请腾出空间，或用 config/settings.toml 的 [keep] 少留几份发布。",
        )
    with TemporaryDirectory(dir=folder, prefix=".jixiao-doctor-") as probe:
        try:
            Path(probe, "link").symlink_to("target")
        except OSError:
            yield Trouble(
                "no_symlinks",
                f"{folder} 不支持符号链接，数据库和最近一次发布要各存两份，运行也会慢一些。",
                "能用，但建议把工作目录放在本机磁盘上（收件目录可以留在共享目录，用 --inbox 指定）。",
                grave=False,
            )
    if not is_free(home):
        holder = home.lock.read_text(encoding="utf-8", errors="replace").strip()
        yield Trouble("locked", f"有任务正在使用 {home.path}（{holder}）。", "请等它结束。", grave=False)


def _inbox(inbox: Path) -> Iterator[Trouble]:
    if not inbox.is_dir():
        yield Trouble("no_inbox", f"没有收件目录 {inbox}。", "请建立该目录，或检查网络共享是否已连接。")
    elif not os.access(inbox, os.R_OK | os.X_OK):
        yield Trouble("inbox_rights", f"收件目录 {inbox} 没有读取权限。", "请给运行夜间任务的用户读取权限。")


def _clock(home: Home) -> Iterator[Trouble]:
    try:
        ZoneInfo(TIME_ZONE)
    except ZoneInfoNotFoundError:
        yield Trouble("no_time_zone", f"本机没有时区数据 {TIME_ZONE}。", "请安装软件包 tzdata。")
    now = datetime.now(UTC)
    newest = max((path.stat().st_mtime for path in home.state.glob("*")), default=0.0)
    if now < FIRST_RELEASE or datetime.fromtimestamp(newest, UTC) > now + AHEAD:
        yield Trouble("clock", f"本机时钟不对：{now:%Y-%m-%d %H:%M}（UTC）。", "请校准系统时间。")


def _mail(home: Home) -> Iterator[Trouble]:
    try:
        mail = load_settings(home).mail
    except CommandError as error:
        yield Trouble("settings", error.message, error.advice)
        return
    if mail.host and (fault := mail_fault(mail)):
        yield Trouble(
            "mail", f"连不上邮件服务器 {mail.host}:{mail.port}：{fault}", "请检查 config/settings.toml 的 [mail]。"
        )


def _templates(home: Home) -> Iterator[Trouble]:
    for path, used in missing_templates(home.config):
        yield Trouble(
            "no_template",
            f"没有本局的{used}模板 {path}，{used}用通用格式。",
            "要用本局的格式，请在 Word 中做好后以这个文件名放入 config。",
            grave=False,
        )
    for path, used in broken_templates(home.config):
        yield Trouble(
            "broken_template",
            f"{path} 打不开，{used}用通用格式。",
            "请在 Word 中另存为 docx 后重新放入。",
            grave=False,
        )


def mail_fault(mail: MailSettings) -> str | None:
    """Say what keeps the mail server from being used, short of sending anything."""
    from pipelines.night.mail import connect

    try:
        with connect(mail, CONNECT_SECONDS):
            return None
    except (OSError, smtplib.SMTPException) as error:
        return f"{type(error).__name__}: {error}"
