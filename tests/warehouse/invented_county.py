"""Builds an invented county: townships over two years with plans, self-evaluations, corrections and copied texts."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd

from tests.warehouse.invented_filings import Goal, filing, project, received
from transforms.records import FilingRecords
from warehouse.models.build import build_database, make_models
from warehouse.store.store import open_store

TOWNSHIPS = ["石臼镇", "泉头乡", "枣园乡", "姜坪镇", "榆树湾镇", "沙河口乡", "喜鹊河乡", "白杨甸镇"]
CATEGORIES = ["村级运转经费", "防汛经费", "环境卫生整治", "文化活动经费"]
YEARS = (2022, 2023)

Filed = tuple[str, int, FilingRecords]
"""File name, night on which it came, records."""


@dataclass(frozen=True)
class County:
    """A built home; ``table`` reads what the models read, ``mart`` what they made, both as pandas frames."""

    home: Path

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect(str((self.home / "county.duckdb").resolve()), read_only=True)

    def table(self, name: str) -> pd.DataFrame:
        return self._read(f"core.{name}")

    def mart(self, name: str) -> pd.DataFrame:
        return self._read(f"mart.{name}")

    def _read(self, place: str) -> pd.DataFrame:
        return _plain(self._asked(place).execute(f"select * from {place}").df())

    def _asked(self, place: str) -> duckdb.DuckDBPyConnection:
        return self.connection


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Make decimals floats and nothing None, so that figures compute."""
    for name in frame.columns:
        filled = frame[name].dropna()
        if len(filled) and type(filled.iloc[0]).__name__ == "Decimal":
            frame[name] = frame[name].astype(float)
    return frame


@dataclass(frozen=True)
class StoredCounty(County):
    """A home whose tables are made, in memory, when they are asked for: one of them takes a third of a whole build."""

    @cached_property
    def _made(self) -> dict[str, duckdb.DuckDBPyConnection]:
        return {}

    def _asked(self, place: str) -> duckdb.DuckDBPyConnection:
        if place not in self._made:
            self._made[place] = duckdb.connect()
            make_models(self._made[place], self.home, asked={place})
        return self._made[place]


def store_home(home: Path, filed: Iterable[Filed], config: Mapping[str, str] | None = None) -> County:
    """Store filings in a home; a table of it is made when a test asks for it."""
    _store(home, filed, config)
    return StoredCounty(home)


def build_home(home: Path, filed: Iterable[Filed], config: Mapping[str, str] | None = None) -> County:
    """Store filings in a home and build its database."""
    _store(home, filed, config)
    build_database(home)
    return County(home)


def _store(home: Path, filed: Iterable[Filed], config: Mapping[str, str] | None) -> None:
    for name, text in (config or {}).items():
        (home / "config").mkdir(parents=True, exist_ok=True)
        (home / "config" / name).write_text(text, encoding="utf-8-sig")
    store = open_store(home, "v1")
    for number, (name, night, records) in enumerate(filed):
        store.journal(received(name, f"{number:x}{number:063d}"[-64:], night), name.rpartition(".")[2], None, records)
    store.commit()


REGISTRY = "township,aliases,division_code,unit_codes,villages,population,expected_kinds,note\n" + "".join(
    f"{name},,,,{villages},{villages * 800},{kinds},\n"
    for name, villages, kinds in [
        *((name, 10 + 3 * number, "targets") for number, name in enumerate(TOWNSHIPS)),
        ("未报镇", 9, "targets、self_evaluation"),
    ]
)
DEADLINES = "doc_kind,fiscal_year,due_on,note\ntargets,2023,2023-11-16,\n"
STANDARDS = "indicator,level2_group,target,fiscal_year,source,note\n群众满意度,满意度,≥90%,,县财〔2023〕1号,\n"
CONFIG = {"townships.csv": REGISTRY, "deadlines.csv": DEADLINES, "standards.csv": STANDARDS}
ONE: list[Filed] = [("a.docx", 0, filing("甲镇", [project(goals=[("成本指标", "每村补助标准", "≤7500元")])]))]


def draw_county(seed: int = 7) -> list[Filed]:
    """Draw two years of filings; the same seed gives the same county."""
    chance = random.Random(seed)
    filed: list[Filed] = []
    for year in YEARS:
        for number, township in enumerate(TOWNSHIPS):
            projects = [_draw_project(chance, name, year, number) for name in CATEGORIES if chance.random() < 0.85]
            projects.append(_draw_project(chance, f"{year - 1}年防汛经费结转", year, number))
            records = filing(
                township,
                projects,
                year=year,
                overall_goal="全面完成各项工作任务，保障机关正常运转，群众满意。" if number % 2 else None,
                narrative=[f"加强第{number}项基层组织建设，开展主题教育活动不少于{number}次。"],
            )
            filed.append((f"{township}{year}年绩效目标.docx", number % 3, records))
            if number == 1:
                filed.append((f"{township}{year}年绩效目标.pdf", 1, records))
            if number == 2:
                corrected = filing(township, [_draw_project(chance, name, year, 2) for name in CATEGORIES], year=year)
                filed.append((f"{township}{year}年绩效目标（更正）.docx", 5, corrected))
    for number, township in enumerate(TOWNSHIPS[:3]):
        records = filing(
            township,
            [_draw_project(chance, name, 2022, number, evaluated=True) for name in CATEGORIES[:2]],
            year=2022,
            kind="self_evaluation",
        )
        filed.append((f"{township}2022年绩效自评.docx", 9, records))
    return filed


def _draw_project(
    chance: random.Random, name: str, year: int, number: int, *, evaluated: bool = False
) -> FilingRecords:
    price = chance.choice([7500, 7500, 7600, 8000, 14500 if number == 3 else 7500])
    villages, rate = chance.randint(10, 30), chance.randint(85, 99)
    goals: list[Goal] = [
        ("数量指标", "补助村数", f"≥{villages}个"),
        ("质量指标", "验收合格率", chance.choice([f"≥{rate}%", f"{rate}%"])),
        ("时效指标", "工作完成时间", f"{year}年{chance.choice([10, 11, 12])}月底前"),
        ("成本指标", "每村补助标准", chance.choice([f"≤{price}元/村", f"≤{price}元/村", f"{price}元/村"])),
        ("社会效益指标", "社会影响力", chance.choice(["优", "良", "明显提升"])),
        ("满意度指标", "群众满意度", f"≥{chance.randint(85, 98)}%"),
    ]
    actuals = None
    if evaluated:
        actuals = [
            (f"{villages + chance.choice([-3, 0, 20])}个", "10", chance.choice(["10", "8"])),
            (f"{rate}%", "10", "10"),
            (f"{year}年11月30日", "10", "10"),
            (f"{price}元/村", "10", "11"),
            ("达到预期目标", "10", "10"),
            (None, "10", None),
        ]
    plan = chance.choice([[(3, "25"), (6, "50"), (10, "75"), (12, "100")], [(6, "80"), (12, "100")], [(10, "10")]])
    objectives = [f"保障{number % 3}类村级组织正常运转，提高为民服务水平，维护农村和谐稳定。"]
    return project(
        name,
        None if chance.random() < 0.05 else str(chance.randint(20_000, 900_000)),
        goals,
        plan=plan,
        objectives=objectives,
        purpose=f"用于{name}支出，包括办公用品购置、人员补贴和设备维护，资金使用严格执行财务制度规定，第{number}批。",
        year=year,
        carryover="1000" if chance.random() < 0.2 else None,
        actuals=actuals or (),
    )
