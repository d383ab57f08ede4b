"""Converts DOC, WPS, RTF, ODT and Word XML to DOCX, XLS, ET and ODS to XLSX, with LibreOffice: one start for many files, no network."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.doc.tail import mend_table_end
from extractors.formats.detect import SHEET_FORMATS, Format
from extractors.limits import MEGABYTE, Limits
from extractors.rejection import Reason, RejectedFile

PROGRAMS = ("soffice", "libreoffice")
MAC_PROGRAM = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
SUFFIXES = {
    Format.DOC: ".doc",
    Format.RTF: ".rtf",
    Format.WORD_XML: ".xml",
    Format.XLS: ".xls",
    Format.XLSB: ".xlsb",
    Format.ODT: ".odt",
    Format.ODS: ".ods",
}
FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
BATCH = 100
START_SECONDS = 60.0
POLL_SECONDS = 0.1
FIRST_SIGNAL_CODE = 128
NEEDED_BYTES = 32 * MEGABYTE
"""A profile of LibreOffice's own and a converted filing with pictures."""

MEMORY_KILOBYTES = 4 * 1024 * 1024

SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop>
</item>
</oor:items>
"""
"""No macros, no linked content: a filing is data."""

OFFLINE = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")


def find_libreoffice() -> str | None:
    """Give the LibreOffice program of this machine, or None."""
    found = next((path for path in map(shutil.which, PROGRAMS) if path), None)
    return found or (str(MAC_PROGRAM) if MAC_PROGRAM.exists() else None)


@dataclass(frozen=True, slots=True)
class _Office:
    """LibreOffice at work: its program, the folder of its settings and links, where results go, and the limits of one file."""

    program: str
    work: Path
    into: Path
    limits: Limits


def convert_many(
    files: Sequence[tuple[Path, Format]], into: Path, limits: Limits, *, program: str | None = None
) -> dict[Path, Path | RejectedFile]:
    """Convert files to DOCX or XLSX in a folder; a file that fails gets its own RejectedFile and costs no other file anything.

    Without LibreOffice every file gets ``needs_libreoffice``. ``program`` is for another LibreOffice than the usual.
    """
    program = program or find_libreoffice()
    if program is None:
        missing = RejectedFile(Reason.NEEDS_LIBREOFFICE, "本机没有安装 LibreOffice")
        return {path: missing for path, _ in files}
    results: dict[Path, Path | RejectedFile] = {}
    with tempfile.TemporaryDirectory(prefix="jixiao-office-") as folder:
        work = Path(folder)
        office = _Office(program, work, into, limits)
        settings = work / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(SETTINGS, encoding="utf-8")
        for target in FILTERS:
            waiting, size = [file for file in dict(files).items() if _target(file[1]) == target], BATCH
            while waiting:
                batch = waiting[:size]
                done = _convert_batch(office, batch, target, len(results))
                results.update(done)
                waiting = waiting[len(done) :]
                size = BATCH if len(done) == len(batch) else 1
    return results


def _target(format: Format) -> str:
    return "xlsx" if format in SHEET_FORMATS else "docx"


def convert_one(path: Path, format: Format, into: Path, limits: Limits) -> Path:
    """Convert one file; RejectedFile where it cannot be."""
    result = convert_many([(path, format)], into, limits)[path]
    if isinstance(result, RejectedFile):
        raise result
    return result


def _convert_batch(
    office: _Office, batch: Sequence[tuple[Path, Format]], target: str, first_no: int
) -> dict[Path, Path | RejectedFile]:
    """Run LibreOffice once and settle the files of a batch from the first on, as far as it is clear what became of them.

    Files are handed over as numbered links: names may repeat between folders, and LibreOffice writes lock files beside
    what it opens. It takes them in order. So a file without a result before one that has a result could not be opened;
    when LibreOffice hangs, the first file after the last result is to blame; when it ends early, that file is not
    settled here but tried once more in a batch of its own.
    """
    into, limits = office.into, office.limits
    links, outputs = [], []
    for number, (path, format) in enumerate(batch, start=first_no):
        link = office.work / f"{number:06d}{SUFFIXES[format]}"
        if not link.exists():
            _place(path, format, link)
        links.append(link)
        outputs.append(into / f"{number:06d}.{target}")
    ended = _run(office, FILTERS[target], links, outputs)
    finished = [zipfile.is_zipfile(output) for output in outputs]
    settled = max((at + 1 for at, is_done in enumerate(finished) if is_done), default=0)
    results: dict[Path, Path | RejectedFile] = {}
    for (path, _), is_done, output in zip(batch[:settled], finished, outputs, strict=False):
        results[path] = output if is_done else _blame(None, into, limits)
    if settled < len(batch) and (ended is Reason.TOO_SLOW or len(batch) == 1):
        results[batch[settled][0]] = _blame(ended, into, limits)
    return results


def _place(path: Path, format: Format, link: Path) -> None:
    """Put a file where LibreOffice opens it: a link, or a mended copy."""
    mended = mend_table_end(path.read_bytes()) if format is Format.DOC else None
    if mended is None:
        link.symlink_to(path.resolve())
    else:
        link.write_bytes(mended)


def is_short_of_space(folder: Path) -> bool:
    """Tell whether LibreOffice may have failed for want of room: then nothing is known of the file."""
    return shutil.disk_usage(folder).free < NEEDED_BYTES


def _blame(ended: Reason | None, into: Path, limits: Limits) -> RejectedFile:
    """Give the rejection of a file by how LibreOffice ended on it."""
    if ended is Reason.TOO_SLOW:
        return RejectedFile(ended, f"LibreOffice 转换超过 {limits.seconds:g} 秒")
    if is_short_of_space(into):
        return RejectedFile(Reason.PLACE_FAILED, f"临时目录 {into} 的空间不够，无法转换")
    if ended is None:
        return RejectedFile(Reason.DAMAGED, "LibreOffice 打不开此文件")
    return RejectedFile(ended, "LibreOffice 转换此文件时异常退出")


def _run(office: _Office, output_filter: str, links: Sequence[Path], outputs: Sequence[Path]) -> Reason | None:
    """Run LibreOffice over some files; None when it ended by itself, else what stopped it.

    The time limit is that of one file: it starts again with each result.
    """
    limits = office.limits
    command = [
        "sh",
        "-c",
        f'ulimit -v {MEMORY_KILOBYTES} 2>/dev/null; exec "$@"',
        "sh",
        *_last_resort(START_SECONDS + limits.seconds * len(links)),
        office.program,
        f"-env:UserInstallation={(office.work / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        output_filter,
        "--outdir",
        str(office.into),
        *map(str, links),
    ]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | OFFLINE,
        start_new_session=True,
    )
    try:
        deadline, count = time.monotonic() + START_SECONDS + limits.seconds, 0
        while True:
            try:
                return None if 0 <= process.wait(POLL_SECONDS) < FIRST_SIGNAL_CODE else Reason.WORKER_DIED
            except subprocess.TimeoutExpired:
                written = sum(output.exists() for output in outputs)
                if written > count:
                    count, deadline = written, time.monotonic() + limits.seconds
                if time.monotonic() > deadline:
                    return Reason.TOO_SLOW
    finally:
        _end(process)


def _last_resort(seconds: float) -> list[str]:
    """Have LibreOffice ended even if this very process is killed and cannot do it."""
    timeout = shutil.which("timeout")
    return [timeout, "--signal=KILL", f"{seconds:.0f}"] if timeout else []


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with all it started (it runs in a session of its own)."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()
