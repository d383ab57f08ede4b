"""One worker process: takes items from a pipe, runs the task on each and answers; its death costs one item only."""

import gc
import logging
import os
import pickle
import resource
import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from extractors.guard.faults import find_place_fault, reject_place
from extractors.guard.progress import SIGN, listen
from extractors.rejection import Reason, RejectedFile

HEADROOM = 3
"""The hard memory limit is this many times the watched one, which names the reason; this one is the last wall."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one item: its pickled result, or a rejection. ``trace`` is for the log, never for the clerk."""

    result: bytes | None
    rejected: RejectedFile | None
    trace: str | None = None


def serve(task: Callable[[Any], Any], pipe: Connection, memory_bytes: int) -> None:
    """Run the task on each item that comes through the pipe, until it closes.

    Ctrl-C is the parent's business, nothing that a parser prints reaches the terminal, and the worker ends with its
    parent even in the middle of an item.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _silence()
    _limit_memory(memory_bytes * HEADROOM)
    gc.freeze()  # what was imported stays for good: no collection needs to look at it again
    listen(lambda: pipe.send_bytes(SIGN))
    pipe.send_bytes(b"ready")
    while True:
        try:
            item = pickle.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        answer = pickle.dumps(answer_for(task, item))
        try:
            pipe.send_bytes(answer)
        except (BrokenPipeError, OSError):
            return


def answer_for(task: Callable[[Any], Any], item: object) -> Answer:
    """Run the task on one item; whatever it raises becomes a rejection."""
    try:
        return Answer(pickle.dumps(task(item)), None)
    except RejectedFile as rejected:
        fault = find_place_fault(rejected)
        return Answer(None, reject_place(fault) if fault else rejected)
    except MemoryError:
        return Answer(None, RejectedFile(Reason.TOO_MUCH_MEMORY, "读取时内存不足"))
    except RecursionError:
        return Answer(None, RejectedFile(Reason.TOO_DEEP, "文件结构的嵌套层数过多"), traceback.format_exc(limit=3))
    except Exception as error:
        if (fault := find_place_fault(error)) is not None:
            return Answer(None, reject_place(fault), traceback.format_exc())
        detail = f"读取程序出错（{type(error).__name__}）"
        return Answer(None, RejectedFile(Reason.READER_FAILED, detail), traceback.format_exc())


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _silence() -> None:
    """Send what parsers print (PDF libraries warn a lot) nowhere: standard output carries the command's results."""
    logging.disable(logging.CRITICAL)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _limit_memory(most_bytes: int) -> None:
    """Let an allocation fail that would take the whole machine along before the parent's watch sees it."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = most_bytes if hard == resource.RLIM_INFINITY else min(most_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
