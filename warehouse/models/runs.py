"""Makes the models that have news, two at a time, and takes over the others from the last build.

A model is clean where its key is that of the last build, and then so is its content: nothing is run to know that. One
that is run and gives what it gave before leaves its readers clean. Tables of core, mart and rules that are clean are
copied from the last build. Intermediate ones live in memory only: clean ones are run where a model with news reads
them, and each is dropped when its last reader is made.
"""

import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import duckdb

from warehouse.connection import count_rows
from warehouse.models.files import KEPT, Model, ModelError
from warehouse.models.states import ModelState, find_key, hash_table, read_columns

BUILD_SECONDS = 3600.0
"""Processor time of a build. A county of 10,000 filings is built in minutes; what takes an hour does not end by morning."""

SHORTEST_WAIT = 0.2
"""Seconds between two looks at the time that is left, where that is little."""

STALL_FACTOR = 4
"""So many times the limit may pass on the clock: on a busy machine a build waits, but not for ever."""

WORKERS = 2
"""Models made at a time; DuckDB spreads each over all cores besides, where its steps allow that."""


class BuildTooSlowError(Exception):
    """The models took longer than they may; the database stays as it was."""

    def __init__(self, seconds: float, models: list[str]) -> None:
        """Take the limit and the models that were under way."""
        self.limit_seconds = seconds
        super().__init__(
            f"更新数据库用去处理器时间超过 {seconds / 60:.0f} 分钟（停在 {'、'.join(models)}），数据库保持上一次的完整版本，没有改变。"
            "请把最近收到的文件和以上内容转交维护人员。"
        )


@dataclass(frozen=True, slots=True)
class ModelRun:
    """One model that was made; ``rows`` is None for views, ``taken_over`` means copied from the last build."""

    name: str
    rows: int | None
    seconds: float
    taken_over: bool = False


@dataclass(frozen=True, slots=True)
class _Made:
    """What is known of a model when it is made; ``content`` is None where its key stands for it."""

    run: ModelRun
    columns: tuple[str, ...]
    content: str | None


class ModelRuns:
    """One pass over the models, each of which is left, taken over or run; ``seconds`` tells how long it took."""

    def __init__(
        self,
        models: Iterable[Model],
        tests: Iterable[Model],
        leaves: Mapping[str, str],
        last: Mapping[str, ModelState],
        program: str,
        asked: Collection[str] | None = None,
    ) -> None:
        """Take the models in build order, the data tests, the content of each table that is there before any model,
        the states of the last build (attached as ``last`` and ``last_rules``; empty without one), and the program's hash.

        ``asked`` names the tables that are asked for, which are made with all that they read; None asks for everything.
        """
        self._models = {model.name: model for model in models}
        self._tests = {test.name: test for test in tests}
        self._last = last
        self._program = program
        self._asked = self._models.keys() | self._tests.keys() if asked is None else self._find_needed(asked)
        self._readers = self._find_readers()
        self._depths = self._find_depths()
        self._contents = dict(leaves)
        self._keys: dict[str, str] = {}
        self._columns: dict[str, tuple[str, ...]] = {}
        self._wanted: set[str] = set()
        self._started: set[str] = set()
        self._made: set[str] = set()
        self._dropped: set[str] = set()
        self.seconds = 0.0

    @property
    def states(self) -> dict[str, ModelState]:
        """Give what is to be remembered of every model and data test, when the pass is done."""
        return {
            name: ModelState(key, self._contents.get(name, ""), self._columns.get(name, ()))
            for name, key in self._keys.items()
        }

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """Give the columns of every model, of those too that were not needed or are gone."""
        return dict(self._columns)

    @property
    def tests_with_news(self) -> list[Model]:
        """Give the data tests that read something new; the others passed in the last build."""
        return [test for name, test in self._tests.items() if not self._is_clean(name)]

    def run(self, connection: duckdb.DuckDBPyConnection, limit_seconds: float = BUILD_SECONDS) -> Iterator[ModelRun]:
        """Make what is to be made, and yield each model when it is there; raises ModelError naming one that cannot be,
        and BuildTooSlowError naming those under way when their processor time is up.
        """
        started, used = time.monotonic(), time.process_time()
        running: dict[Future[_Made], duckdb.DuckDBPyConnection] = {}
        with ThreadPoolExecutor(WORKERS) as pool:
            try:
                while True:
                    self._settle()
                    for name in self._choose(WORKERS - len(running)):
                        self._started.add(name)
                        cursor = connection.cursor()
                        running[pool.submit(_make, cursor, self._models[name], self._is_taken_over(name))] = cursor
                    if not running:
                        return
                    left = limit_seconds - (time.process_time() - used)
                    is_over = left <= 0 or time.monotonic() - started > STALL_FACTOR * limit_seconds
                    # All cores at work use up what is left no sooner than after this time on the clock.
                    soonest = 0.0 if is_over else max(left / (os.cpu_count() or 1), SHORTEST_WAIT)
                    done = wait(running, timeout=soonest, return_when=FIRST_COMPLETED).done
                    if not done and is_over:
                        raise BuildTooSlowError(limit_seconds, sorted(self._started - self._made))
                    for future in done:
                        cursor = running.pop(future)
                        made = future.result()
                        self._note(made)
                        self._drop_unneeded(cursor)
                        cursor.close()
                        yield made.run
            finally:
                self.seconds = time.monotonic() - started
                for cursor in running.values():
                    cursor.interrupt()

    def _settle(self) -> None:
        """Find the keys of all models whose inputs' contents are known, and want those that are to be made."""
        for name, model in (*self._models.items(), *self._tests.items()):
            if name in self._keys or not all(read in self._contents for read in model.reads):
                continue
            self._keys[name] = find_key(model, self._contents, self._program)
            if self._is_clean(name):
                self._contents[name] = self._last[name].content
                self._columns[name] = self._last[name].columns
            elif model.is_view:
                self._contents[name] = self._keys[name]
            has_news = self._is_taken_over(name) or not (model.is_view or self._is_clean(name))
            if has_news and name in self._asked:
                self._want(name)

    def _want(self, name: str) -> None:
        if name in self._wanted or name in self._made:
            return
        self._wanted.add(name)
        if not self._is_taken_over(name):
            for read in self._model(name).reads & self._models.keys():
                self._want(read)

    def _choose(self, number: int) -> list[str]:
        """Give so many models that can be made now; those first on which the longest row of others waits."""
        ready = [
            name
            for name in self._wanted - self._started - self._tests.keys()
            if self._is_taken_over(name) or not (self._models[name].reads & self._models.keys()) - self._made
        ]
        return sorted(ready, key=lambda name: (-self._depths[name], name))[:number]

    def _note(self, made: _Made) -> None:
        name = made.run.name
        self._made.add(name)
        self._columns[name] = made.columns
        self._contents[name] = made.content or self._keys[name]

    def _drop_unneeded(self, connection: duckdb.DuckDBPyConnection) -> None:
        for name in self._made - self._dropped:
            model = self._models[name]
            if not (model.is_view or model.schema in KEPT or self._is_read_later(name)):
                connection.execute(f"drop table {name}")
                self._dropped.add(name)

    def _is_read_later(self, name: str) -> bool:
        return any(self._is_made_later(reader) for reader in self._readers.get(name, ()))

    def _is_made_later(self, name: str) -> bool:
        """Tell whether a model or data test may still be run; a view is run where its readers are."""
        model = self._model(name)
        if model.is_view:
            return self._is_read_later(name)
        if name in self._made or self._is_taken_over(name):
            return False
        if not self._is_clean(name) or name in self._wanted:
            return True
        return self._is_read_later(name)

    def _is_clean(self, name: str) -> bool:
        return name in self._keys and name in self._last and self._last[name].key == self._keys[name]

    def _is_taken_over(self, name: str) -> bool:
        model = self._model(name)
        return model.schema in KEPT and not model.is_view and self._is_clean(name)

    def _model(self, name: str) -> Model:
        return self._models[name] if name in self._models else self._tests[name]

    def _find_needed(self, asked: Collection[str]) -> set[str]:
        needed, waiting = set[str](), list(asked)
        while waiting:
            name = waiting.pop()
            if name in self._models and name not in needed:
                needed.add(name)
                waiting += self._models[name].reads
        return needed

    def _find_readers(self) -> dict[str, list[str]]:
        readers: dict[str, list[str]] = {name: [] for name in self._models}
        for name, model in (*self._models.items(), *self._tests.items()):
            for read in model.reads & self._models.keys():
                readers[read].append(name)
        return readers

    def _find_depths(self) -> dict[str, int]:
        """Give the length of the longest row of models that wait for each model."""
        depths: dict[str, int] = {}
        for name in reversed(self._models):
            depths[name] = 1 + max((depths[reader] for reader in self._readers[name] if reader in depths), default=0)
        return depths


def _make(connection: duckdb.DuckDBPyConnection, model: Model, taken_over: bool) -> _Made:
    started = time.monotonic()
    rows, content = None, None
    try:
        if taken_over:
            place = f"last_{model.name}" if model.schema == "rules" else f"last.{model.name}"
            connection.execute(f"create table {model.name} as from {place}")
        else:
            connection.execute(f"create {'view' if model.is_view else 'table'} {model.name} as\n{model.text}")
        columns = read_columns(connection, model.name)
        if model.schema == "mart":  # which no model reads
            rows = count_rows(connection, model.name)
        elif not model.is_view:
            rows, content = hash_table(connection, model)
    except duckdb.Error as error:
        raise ModelError(f"{model.path.name}: {error}") from error
    return _Made(ModelRun(model.name, rows, time.monotonic() - started, taken_over), columns, content)
