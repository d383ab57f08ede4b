"""``jixiao diff`` and ``jixiao publish --as-of`` through the real command."""

import json
import shutil
from pathlib import Path

import docx
import pytest

from tests.pipelines.test_cli import jixiao
from tests.places import SAMPLES

FILED = "【虚构样例】平川镇2024年部门预算绩效目标"
OTHERS = ("【虚构样例】杏花岭镇2024年部门预算绩效目标", "【虚构样例】梧桐坡乡2024年部门预算绩效目标")


def correct(source: Path, target: Path, before: str, after: str) -> None:
    """Write a filing with one cell's text replaced."""
    document = docx.Document(str(source))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells if cell.text == before]
    assert cells
    cells[0].text = after
    document.save(str(target))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that published once, got a corrected filing, and published again."""
    home = tmp_path_factory.mktemp("corrected") / "home"
    (home / "inbox").mkdir(parents=True)
    for name in (FILED, *OTHERS):
        shutil.copy2(SAMPLES / f"{name}.docx", home / "inbox")
    assert jixiao("--home", str(home), "run").returncode == 0
    only = jixiao("--home", str(home), "diff")
    assert only.returncode == 2
    assert "是第一次发布，没有更早的发布可以比较" in only.stderr
    correct(SAMPLES / f"{FILED}.docx", home / "inbox" / f"{FILED}（更正）.docx", "1260", "1460")
    assert jixiao("--home", str(home), "run").returncode == 0
    return home


def test_the_row_its_figures_and_the_file_are_named(home: Path) -> None:
    answer = jixiao("--home", str(home), "diff")
    assert answer.returncode == 0, answer.stderr
    for said in (
        f"更正：{FILED}（更正）.docx，取代 {FILED}.docx",
        "变动　2024　平川镇　绩效目标　农村人居环境整治　成本　每户改厕补助标准",
        "金额（元）：1,260.00 → 1,460.00",
        f"位置：{FILED}（更正）.docx 表",
    ):
        assert said in answer.stdout


def test_json_holds_every_row_of_one_table(home: Path) -> None:
    answer = jixiao("--home", str(home), "diff", "--mart", "cost_comparison", "--json")
    document = json.loads(answer.stdout)
    (table,) = document["tables"]
    (own,) = [row for row in table["rows"] if any(figure["own"] for figure in row["figures"])]
    assert {"column": "value_yuan", "before": 1260, "after": 1460, "own": True} in own["figures"]
    assert own["causes"] == document["filings"]
    assert document["filings"][0]["replaced"] == [f"{FILED}.docx"]


def test_unknown_names_are_refused_with_those_that_exist(home: Path) -> None:
    table = jixiao("--home", str(home), "diff", "--mart", "costs")
    assert table.returncode == 2 and "cost_comparison" in table.stderr
    publication = jixiao("--home", str(home), "diff", "1999-01-01")
    assert publication.returncode == 2 and "没有找到发布 1999-01-01" in publication.stderr


def test_the_first_publication_is_made_again_byte_for_byte(home: Path) -> None:
    first = min(path.name for path in (home / "published").iterdir())
    answer = jixiao("--home", str(home), "publish", "--as-of", first)
    assert answer.returncode == 0, answer.stderr
    assert "逐字节相同" in answer.stdout
    was, made = home / "published" / first, home / "published" / f"{first}-again"
    assert (was / "SHA256SUMS").read_bytes() == (made / "SHA256SUMS").read_bytes()


def test_an_altered_record_does_not_pass(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "home"
    shutil.copytree(home, other, symlinks=True, ignore=shutil.ignore_patterns("*-again"))
    first = min(path.name for path in (other / "published").iterdir())
    record = other / "state" / "publications" / f"{first}.json"
    content = json.loads(record.read_text(encoding="utf-8"))
    content["published"]["manifest.json"] = "0" * 64
    record.write_text(json.dumps(content), encoding="utf-8")
    answer = jixiao("--home", str(other), "publish", "--as-of", first, "--verify")
    assert answer.returncode == 1
    assert "内容不同：manifest.json" in answer.stderr
    assert not (other / "published" / f"{first}-again").exists()
