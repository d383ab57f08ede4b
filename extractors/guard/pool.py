"""Runs a task over many items in worker processes, each item under limits on time and memory."""

import logging
import multiprocessing
import os
import pickle
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Generic, TypeVar

from extractors.guard.progress import SIGN
from extractors.guard.worker import Answer, serve
from extractors.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from extractors.rejection import Reason, RejectedFile

Item = TypeVar("Item")
Result = TypeVar("Result")

WATCH_SECONDS = 0.05
START_SECONDS = 120.0
ITEMS_PER_WORKER = 500
RESULTS_AHEAD = 4
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Job(Generic[Item]):
    """An item on its way. ``alone`` marks the second try, with no other item running beside it."""

    item: Item
    alone: bool = False


@dataclass(slots=True)
class _Worker(Generic[Item]):
    """A worker process as the pool sees it; ``job`` is None while it waits, ``served`` counts the items before."""

    process: BaseProcess
    pipe: Connection
    ready: bool = False
    job: _Job[Item] | None = None
    deadline: float = field(default_factory=lambda: time.monotonic() + START_SECONDS)
    served: int = 0
    peak_bytes: int = 0
    cpu_before: float = 0.0


def run_guarded(
    task: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[tuple[Item, Result | RejectedFile]]:
    """Run a picklable task on each item in a pool of processes; results come as they finish, each with its item.

    An item over a limit, or one whose worker dies, gives a RejectedFile (too_slow, too_much_memory, worker_died) and
    costs no other item: the worker is replaced. A death that a neighbour or an earlier item may have caused is tried
    once more, alone in a fresh worker. Closing the iterator, or Ctrl-C, ends all workers at once.
    """
    pool = _Pool(task, items, max(1, workers), limits)
    watch = threading.Thread(target=pool.run, name="worker-watch", daemon=True)
    watch.start()
    try:
        while (done := pool.done.get()) is not None:
            if isinstance(done, BaseException):
                raise done
            yield done
    finally:
        pool.stopped.set()
        watch.join()


class _Pool(Generic[Item, Result]):
    """The workers of one run. It lives in a thread of its own: limits hold and workers go on while results are used."""

    def __init__(self, task: Callable[[Item], Result], items: Iterable[Item], workers: int, limits: Limits) -> None:
        self._task, self._limits, self._size = task, limits, workers
        self._items = iter(items)
        self._again: deque[_Job[Item]] = deque()
        self._workers: list[_Worker[Item]] = []
        self._context = _context(task)
        self._next: _Job[Item] | None = None
        self.done: queue.SimpleQueue[tuple[Item, Result | RejectedFile] | BaseException | None] = queue.SimpleQueue()
        self.stopped = threading.Event()

    def run(self) -> None:
        """Put each item with its result into ``done``; then None, or the error that stopped the run."""
        try:
            self._next = self._pull()
            while self._fill() and not self.stopped.is_set():
                spoke = [self._answer(worker) for worker in self._wait()]
                overran = [self._check(worker) for worker in list(self._workers)]
                for settled in (*spoke, *overran):
                    if settled is not None:
                        self.done.put(settled)
            self.done.put(None)
        except BaseException as error:
            self.done.put(error)
        finally:
            self._end_all()

    def _end_all(self) -> None:
        while self._workers:
            self._end(self._workers[-1])

    def _fill(self) -> bool:
        """Give waiting workers their next items and start workers for the rest; False when all is done."""
        if self.done.qsize() > RESULTS_AHEAD * self._size:
            return True  # whoever uses the results is slower than the workers
        while self._next is None and self._again and not any(worker.job for worker in self._workers):
            self._end_all()  # a second try runs alone, in a fresh worker
            self._next = self._again.popleft()
        if self._next is None:
            return any(worker.job for worker in self._workers)
        idle = [worker for worker in self._workers if worker.ready and worker.job is None]
        while self._next is not None and idle:
            self._give(idle.pop(), self._next)
            self._next = self._pull()
        wanted = 1 if self._next is not None and self._next.alone else self._size
        while self._next is not None and len(self._workers) < wanted:
            self._start()
            break
        return True

    def _pull(self) -> _Job[Item] | None:
        try:
            return _Job(next(self._items))
        except StopIteration:
            return None

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(  # type: ignore[attr-defined]
            target=serve, args=(self._task, theirs, self._limits.memory_bytes), daemon=True
        )
        process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))

    def _give(self, worker: _Worker[Item], job: _Job[Item]) -> None:
        worker.job, worker.peak_bytes = job, 0
        worker.deadline = time.monotonic() + self._limits.stalled_seconds
        worker.cpu_before = cpu_seconds(worker.process.pid)
        try:
            worker.pipe.send_bytes(pickle.dumps(job.item))
        except (BrokenPipeError, OSError):
            log.debug("worker %s died while waiting", worker.process.pid)

    def _wait(self) -> Sequence[_Worker[Item]]:
        """Wait a moment for answers and deaths; give the workers that have something to say."""
        by_handle: dict[object, _Worker[Item]] = {}
        for worker in self._workers:
            by_handle[worker.pipe] = worker
            by_handle[worker.process.sentinel] = worker
        spoke = wait(list(by_handle), timeout=WATCH_SECONDS)  # type: ignore[arg-type]
        return list({id(by_handle[handle]): by_handle[handle] for handle in spoke}.values())

    def _answer(self, worker: _Worker[Item]) -> tuple[Item, Result | RejectedFile] | None:
        try:
            message = worker.pipe.recv_bytes() if worker.pipe.poll() else None
        except (EOFError, OSError):
            message = None
        if message is None:
            return None if worker.process.is_alive() else self._died(worker)
        if not worker.ready:
            worker.ready, worker.deadline = True, float("inf")
            return None
        if message == SIGN:
            worker.deadline = time.monotonic() + self._limits.stalled_seconds
            worker.cpu_before = cpu_seconds(worker.process.pid)
            return None
        job, answer = worker.job, pickle.loads(message)
        assert job is not None and isinstance(answer, Answer)
        worker.job, worker.deadline, worker.served = None, float("inf"), worker.served + 1
        if answer.trace:
            log.debug("%s\n%s", job.item, answer.trace)
        if worker.served >= ITEMS_PER_WORKER or resident_bytes(worker.process.pid) > self._limits.memory_bytes // 2:
            self._end(worker)
        if answer.rejected is not None:
            return job.item, answer.rejected
        assert answer.result is not None
        result: Result = pickle.loads(answer.result)
        return job.item, result

    def _died(self, worker: _Worker[Item]) -> tuple[Item, RejectedFile] | None:
        """Settle the item of a worker that ended by itself: once more alone, unless that is what it was."""
        job, code, fresh = worker.job, worker.process.exitcode, worker.served == 0
        was_ready, peak = worker.ready, worker.peak_bytes
        self._end(worker)
        if job is None:
            if not was_ready:
                raise RuntimeError(f"a worker process could not start (exit code {code})")
            return None
        if peak > self._limits.memory_bytes * 0.8:
            return job.item, self._too_much_memory()
        if not job.alone and not (fresh and self._size == 1):
            self._again.append(_Job(job.item, alone=True))
            return None
        how = f"信号 {signal.Signals(-code).name}" if code is not None and code < 0 else f"代码 {code}"
        return job.item, RejectedFile(Reason.WORKER_DIED, f"读取进程异常退出（{how}）")

    def _check(self, worker: _Worker[Item]) -> tuple[Item, RejectedFile] | None:
        """End a worker that is over its time or its memory."""
        job = worker.job
        if job is None:
            if not worker.ready and time.monotonic() > worker.deadline:
                raise RuntimeError("a worker process did not start in time")
            return None
        used = resident_bytes(worker.process.pid)
        worker.peak_bytes = max(worker.peak_bytes, used)
        if used > self._limits.memory_bytes:
            served = worker.served
            self._end(worker)
            if served and not job.alone:
                self._again.append(_Job(job.item, alone=True))
                return None
            return job.item, self._too_much_memory()
        if cpu_seconds(worker.process.pid) - worker.cpu_before > self._limits.seconds:
            self._end(worker)
            return job.item, RejectedFile(Reason.TOO_SLOW, f"读取用去处理器时间超过 {self._limits.seconds:g} 秒")
        if time.monotonic() > worker.deadline:
            self._end(worker)
            detail = f"读取停滞超过 {self._limits.stalled_seconds:g} 秒，磁盘或网络没有应答"
            return job.item, RejectedFile(Reason.PLACE_FAILED, detail)
        return None

    def _too_much_memory(self) -> RejectedFile:
        return RejectedFile(Reason.TOO_MUCH_MEMORY, f"读取时占用内存超过 {self._limits.memory_bytes // MEGABYTE} MB")

    def _end(self, worker: _Worker[Item]) -> None:
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.process.close()
        worker.pipe.close()


def _context(task: Callable[[Item], Result]) -> BaseContext:
    """Choose how workers start: forked from a clean server that has imported everything once, where the system can."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    module = getattr(getattr(task, "func", task), "__module__", None)
    context.set_forkserver_preload([name for name in ("__main__", "extractors.reading", module) if name])
    return context


def resident_bytes(pid: int | None) -> int:
    """Give a process's resident memory in bytes; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES
    except (OSError, IndexError, ValueError):
        return 0


def cpu_seconds(pid: int | None) -> float:
    """Give the processor time that a process and its ended children have used; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICKS
    except (OSError, IndexError, ValueError):
        return 0.0
