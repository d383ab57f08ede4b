"""Print how many target cells a second ``parse_target`` reads on one core, with distinct cells and with repeated ones.

    python tests/benchmarks/bench_targets.py [--cells 60000]

The mix is that of township tables: three in four cells compare a number, one in ten is a deadline, the rest are grades and
words. ``distinct`` never repeats a cell within a run (nothing comes from the cache); ``repeated`` has the few hundred
different values that a county's filings really share.
"""

import argparse
import random
import time

from transforms.targets.parse import _parse_cached, parse_target

_UNITS = ("个", "次", "人", "户", "项", "人次", "公里", "亩", "万元", "元/人", "场次", "平方米")
_WORDS = ("优", "良好", "明显提升", "及时", "长期", "合格", "有所增强", "持续提高", "按时完成", "显著")


def _cell(random_: random.Random) -> str:
    """Draw one cell of the mix."""
    kind = random_.random()
    value = random_.choice(
        (f"{random_.uniform(0, 100):.2f}", str(random_.randint(1, 99999)), f"{random_.randint(1, 9999999):,}")
    )
    unit = random_.choice(_UNITS)
    if kind < 0.40:
        return random_.choice(("≥{}%", "≥ {} %", "{}%以上", "不低于{}%", "{}%", "达到{}%以上", "大于等于{}％")).format(
            value
        )
    if kind < 0.65:
        return random_.choice(("≥{}{}", "={}{}", "{}{}", "不少于{}{}", "{}{}以上", "≤{}{}")).format(value, unit)
    if kind < 0.78:
        return random_.choice(("≤{}元", "控制在{}万元以内", "{}元/村以内", "不超过{}元", "≤{}万元/公里")).format(value)
    if kind < 0.88:
        day = (random_.randint(2015, 2035), random_.randint(1, 12), random_.randint(1, 28))
        return random_.choice(("{}年{}月{}日前完成", "{}-{:02}-{:02}", "{}年{}月{}日", "{}.{}.{}前")).format(*day)
    if kind < 0.92:
        return f"{random_.randint(1, 999)}-{random_.randint(1000, 99999)}{unit}"
    return random_.choice(_WORDS) + random_.choice(
        ("", f"（{random_.choice('甲乙丙丁')}{random_.randint(1, 9999)}类）")
    )


def cells(count: int, *, distinct: bool) -> list[str]:
    """Give ``count`` cells, the same ones in every run; distinct ones never repeat."""
    random_ = random.Random(20231231)
    if distinct:
        found: dict[str, None] = {}
        while len(found) < count:
            found.setdefault(_cell(random_))
        return list(found)
    shared = [_cell(random_) for _ in range(400)]
    return [random_.choice(shared) for _ in range(count)]


def cells_per_second(texts: list[str]) -> float:
    """Give cells a second of CPU time, starting with an empty cache."""
    _parse_cached.cache_clear()
    start = time.process_time()
    for text in texts:
        parse_target(text, year=2023)
    return len(texts) / (time.process_time() - start)


def main() -> None:
    """Print both rates, best of five."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=int, default=60000)
    count = parser.parse_args().cells
    parse_target("1", year=2023)
    for label, distinct in (("distinct", True), ("repeated", False)):
        texts = cells(count, distinct=distinct)
        best = max(cells_per_second(texts) for _ in range(5))
        print(f"{label:9} {best:10,.0f} cells/s  ({len(set(texts)):,} different of {len(texts):,})")


if __name__ == "__main__":
    main()
