import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from extractors.guard.pool import run_guarded
from extractors.limits import MEGABYTE, Limits
from extractors.rejection import Reason, RejectedFile

LIMITS = Limits(seconds=30, memory_bytes=300 * MEGABYTE)
SHORT = Limits(seconds=1)

KEPT: list[bytearray] = []


def misread(path: Path) -> None:
    try:
        path.read_bytes()
    except OSError as error:
        raise RejectedFile(Reason.DAMAGED, "文件已损坏") from error


def seek_before_the_beginning(path: Path) -> None:
    with path.open("rb") as file:
        file.seek(-1)


def spin(seconds: str) -> None:
    until = time.process_time() + float(seconds)
    while time.process_time() < until:
        pass


def hoard(_: str) -> None:
    held: list[bytearray] = []
    while True:
        held.append(bytearray(4 * MEGABYTE))
        time.sleep(0.002)


def keep(megabytes: str) -> str:
    KEPT.append(bytearray(int(megabytes) * MEGABYTE))
    return str(os.getpid())


def refuse(_: str) -> None:
    raise RejectedFile(Reason.ENCRYPTED, "设有密码")


def once(name: str) -> None:
    """Die, and the second time do not."""
    seen = Path(name)
    if not seen.exists():
        seen.touch()
        os.kill(os.getpid(), signal.SIGKILL)


ACTS: dict[str, Callable[[str], object]] = {
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "spin": spin,
    "open": lambda name: Path(name).read_bytes() and None,
    "misread": lambda name: misread(Path(name)),
    "seek": lambda name: seek_before_the_beginning(Path(name)),
    "abort": lambda _: os.abort(),
    "leave": lambda _: os._exit(3),
    "crash": lambda _: ctypes.string_at(0) and None,
    "hoard": hoard,
    "swallow": lambda _: bytearray(1 << 50) and None,
    "recurse": lambda _: act("recurse:"),
    "divide": lambda _: print(1 / 0),
    "refuse": refuse,
    "keep": keep,
    "pid": lambda _: str(os.getpid()),
    "once": once,
}


def act(order: str) -> str:
    """Do what an item says; runs in a worker."""
    kind, _, argument = order.partition(":")
    said = ACTS[kind](argument) if kind in ACTS else None
    return said if isinstance(said, str) else order


def outcomes(orders: list[str], workers: int = 2, limits: Limits = LIMITS) -> dict[str, object]:
    results = dict(run_guarded(act, orders, workers=workers, limits=limits))
    assert sorted(results) == sorted(orders)
    return {order: result.reason if isinstance(result, RejectedFile) else result for order, result in results.items()}


def test_results_come_with_their_items() -> None:
    orders = [f"say:{number}" for number in range(50)]
    assert outcomes(orders) == {order: order for order in orders}


def test_nothing_to_do() -> None:
    assert list(run_guarded(act, [], workers=2)) == []


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("abort", Reason.WORKER_DIED),
        ("leave", Reason.WORKER_DIED),
        ("crash", Reason.WORKER_DIED),
        ("hoard", Reason.TOO_MUCH_MEMORY),
        ("swallow", Reason.TOO_MUCH_MEMORY),
        ("recurse", Reason.TOO_DEEP),
        ("divide", Reason.READER_FAILED),
        ("refuse", Reason.ENCRYPTED),
    ],
)
def test_bad_item_costs_itself_only(order: str, reason: Reason) -> None:
    good = [f"say:{number}" for number in range(4)]
    assert outcomes([*good[:2], order, *good[2:]]) == {order: reason} | {one: one for one in good}


def test_item_that_hangs_costs_itself_only() -> None:
    assert outcomes(["say:1", "sleep:600", "say:2"], limits=SHORT)["sleep:600"] is Reason.PLACE_FAILED


def test_item_that_computes_too_long_costs_itself_only() -> None:
    limits = Limits(seconds=0.5)
    assert outcomes(["say:1", "spin:600", "say:2"], limits=limits)["spin:600"] is Reason.TOO_SLOW


def test_item_that_waits_for_a_busy_machine_is_read() -> None:
    order = f"sleep:{2 * SHORT.seconds}"
    assert outcomes([order], limits=SHORT) == {order: order}


def test_a_fault_of_the_place_is_told_from_one_of_the_file(tmp_path: Path) -> None:
    there, gone = tmp_path / "there", tmp_path / "gone"
    there.write_bytes(b"content")
    assert outcomes([f"open:{gone}", f"misread:{gone}", f"seek:{there}"]) == {
        f"open:{gone}": Reason.PLACE_FAILED,
        f"misread:{gone}": Reason.PLACE_FAILED,
        f"seek:{there}": Reason.READER_FAILED,
    }


def test_death_that_may_be_a_neighbours_fault_is_tried_again(tmp_path: Path) -> None:
    order = f"once:{tmp_path / 'seen'}"
    assert outcomes([order, "say:1", "say:2"]) == {order: order, "say:1": "say:1", "say:2": "say:2"}


def test_details_are_chinese_and_hold_no_traceback() -> None:
    limits = Limits(seconds=1, memory_bytes=300 * MEGABYTE)
    for _, result in run_guarded(act, ["sleep:60", "abort", "divide", "swallow"], workers=2, limits=limits):
        assert isinstance(result, RejectedFile)
        assert "Traceback" not in result.detail
        assert "读取" in result.detail


def test_workers_are_kept_for_many_items() -> None:
    pids = [result for _, result in run_guarded(act, [f"pid:{n}" for n in range(20)], workers=1, limits=LIMITS)]
    assert len(set(pids)) == 1
    assert str(os.getpid()) not in pids


def test_worker_that_grew_is_replaced_between_items() -> None:
    pids = [result for _, result in run_guarded(act, ["keep:200", "pid:1", "pid:2"], workers=1, limits=LIMITS)]
    assert pids[0] != pids[1] == pids[2]


def test_closing_the_iterator_ends_the_workers() -> None:
    results: Iterator[tuple[str, str | RejectedFile]] = run_guarded(
        act, ["pid:1", "sleep:60", "sleep:61"], workers=2, limits=Limits(seconds=100)
    )
    _, pid = next(results)
    assert isinstance(pid, str)
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


def test_items_are_taken_as_needed() -> None:
    taken: list[int] = []

    def items() -> Iterator[str]:
        for number in range(100):
            taken.append(number)
            yield f"say:{number}"

    results = run_guarded(act, items(), workers=2, limits=LIMITS)
    next(results)
    assert len(taken) < 50
    results.close()  # type: ignore[attr-defined]


def test_partial_task_is_sent_once() -> None:
    assert [result for _, result in run_guarded(partial(pow, 2), [3, 3], workers=1)] == [8, 8]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_no_worker_outlives_the_run(sent: signal.Signals) -> None:
    """Ctrl-C reaches the whole group, as in a terminal; a kill only the run itself."""
    code = (
        "import time\nfrom extractors.guard.pool import run_guarded\n"
        "for _ in run_guarded(time.sleep, [0.01, 300, 300], workers=2): print('running', flush=True)\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0
    )
    assert run.stdout is not None
    assert run.stdout.readline() == b"running\n"
    if sent is signal.SIGKILL:
        run.kill()
    else:
        os.killpg(run.pid, sent)
    _, errors = run.communicate(timeout=20)
    assert b"KeyboardInterrupt" in errors or sent is signal.SIGKILL
    deadline = time.monotonic() + 10
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(run.pid, 0)
            time.sleep(0.05)


def test_slow_use_of_results_does_not_lift_the_limits() -> None:
    results = run_guarded(act, ["say:1", "sleep:600"], workers=2, limits=SHORT)
    assert next(results) == ("say:1", "say:1")
    time.sleep(1.5)
    ((_, hung),) = results
    assert isinstance(hung, RejectedFile)


def test_error_while_listing_items_reaches_the_caller() -> None:
    def items() -> Iterator[str]:
        yield "say:1"
        raise LookupError("no more")

    with pytest.raises(LookupError):
        list(run_guarded(act, items(), workers=1))
