"""Names that may be one thing, in the queue: decided many at once, taken back, and applied by the next run."""

import json
from pathlib import Path

import docx
import pytest
from fastapi.testclient import TestClient

from pipelines.commands.review import decide_from, list_queue
from pipelines.review.app import make_app
from pipelines.review.clusters import NAMES, read_clusters, terms_for
from pipelines.review.items import Item
from pipelines.review.making import DecideError
from pipelines.review.queue import read_queue
from pipelines.review.record import Review
from pipelines.review.surroundings import read_surroundings
from tests.pipelines.review.test_replay import rows, run
from tests.warehouse.county.test_proposals import database
from warehouse.county.files import locked_file
from warehouse.county.terms_file import load_terms
from warehouse.home import Home

TOWNS = {
    "石桥镇": "领取酬劳人数",
    "青杨镇": "在册名单人数",
    "柳河镇": "在册名单人数",
    "白塔镇": "花名册人数",
}
"""Invented; the same description in all of them."""


def write_filing(path: Path, town: str, name: str) -> None:
    document = docx.Document()
    document.add_paragraph(f"青山县{town}2024年项目支出绩效目标表")
    document.add_paragraph("单位：万元")
    texts = [
        ["项目名称", "村干部报酬", "预算数", "14.93", "", ""],
        ["单位名称", f"{town}人民政府", "", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值", "指标解释", "指标依据"],
        ["产出指标", "数量指标", name, "≥25人", "在职村干部的人数", "县里的文件"],
        ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "调查", "问卷"],
    ]
    table = document.add_table(len(texts), 6)
    for row, line in zip(table.rows, texts, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    document.save(str(path))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("alike"))
    home.inbox.mkdir()
    for town, name in TOWNS.items():
        write_filing(home.inbox / f"{town}2024年绩效目标表.docx", town, name)
    run(home)
    return home


@pytest.fixture
def cluster(home: Home) -> Item:
    (home.config / "terms.csv").unlink(missing_ok=True)
    (found,) = [one for one in read_queue(home) if one.kind == NAMES]
    return found


def names_of(home: Home) -> set[str]:
    return {str(row[0]) for row in rows(home, "select indicator from core.indicators where level2 like '数量%'")}


def test_names_for_one_thing_are_one_item_with_their_uses_beside_them(home: Home, cluster: Item) -> None:
    assert cluster.value_read == "在册名单人数"
    assert {one.name for one in cluster.members} == {"领取酬劳人数", "花名册人数"}
    assert cluster.stake_yuan
    lines = read_surroundings(home, cluster).rows
    assert {line.cells[1] for line in lines} == set(TOWNS)
    assert {line.cells[0] for line in lines if line.is_here} == {"在册名单人数"}


def test_some_are_joined_and_others_left_apart_and_both_are_taken_back(home: Home, cluster: Item) -> None:
    review = Review(home)
    for wrong in ([], ["别的名称"]):
        with pytest.raises(DecideError, match="names"):
            review.decide({"key": cluster.key, "decision": "accepted", "names": wrong})
    assert review.decide({"key": cluster.key, "decision": "accepted", "names": ["领取酬劳人数"]})["decision"] == "open"
    said = {"key": cluster.key, "decision": "excluded", "names": ["花名册人数"]}
    assert review.decide(said)["decision"] == "accepted"
    told = {term.raw: (term.decision, term.canonical) for term in load_terms(home.config / "terms.csv").terms}
    assert told == {
        "领取酬劳人数": ("accept", "在册名单人数"),
        "花名册人数": ("reject", "在册名单人数"),
    }
    review.undo()
    review.undo()
    assert load_terms(home.config / "terms.csv").terms == ()
    (item,) = [one for one in review.with_decisions(read_queue(home)) if one.kind == NAMES]
    assert item.decision == "open"


def test_all_get_a_name_of_the_countys_own(home: Home, cluster: Item) -> None:
    review = Review(home)
    with pytest.raises(DecideError, match="接受"):
        review.decide({"key": cluster.key, "decision": "corrected", "value": cluster.value_read})
    said = {"key": cluster.key, "decision": "corrected", "value": "领取报酬人数"}
    assert review.decide(said)["value_decided"] == "领取报酬人数"
    terms = load_terms(home.config / "terms.csv").terms
    assert {term.raw for term in terms} == set(TOWNS.values())
    assert {term.canonical for term in terms} == {"领取报酬人数"}


def test_nothing_is_taken_where_one_of_the_files_cannot_be_written(home: Home, cluster: Item) -> None:
    path = home.config / "terms.csv"
    with locked_file(path):
        path.write_text("kind,raw\n什么,甲\n", encoding="utf-8")
    with pytest.raises(DecideError, match=r"terms\.csv 第2行"):
        Review(home).decide({"key": cluster.key, "decision": "accepted"})
    assert path.read_text(encoding="utf-8") == "kind,raw\n什么,甲\n"


def test_the_page_decides_about_all_that_are_listed_and_takes_that_back_at_once(home: Home, cluster: Item) -> None:
    host = "127.0.0.1:4711"
    client = TestClient(make_app(home, host, "once"), base_url=f"http://{host}")
    client.get("/open", params={"token": "once"})
    assert client.get(f"/items/{cluster.key}").json()["headings"][0] == "名称"
    origin = {"Origin": f"http://{host}"}
    said = [{"key": cluster.key, "decision": "excluded"}, {"key": "不存在", "decision": "excluded"}]
    assert client.post("/decide-all", json=said, headers=origin).status_code == 422
    assert load_terms(home.config / "terms.csv").terms == (), "all or none"
    assert client.post("/decide-all", json=said[:1], headers=origin).json() == {"decided": 1}
    assert {term.decision for term in load_terms(home.config / "terms.csv").terms} == {"reject"}
    assert client.post("/undo", json={}, headers=origin).status_code == 200
    assert load_terms(home.config / "terms.csv").terms == ()


def test_kinds_of_projects_are_clusters_too() -> None:
    uses = [("甲", "村级道路养护费", "养护里程", "里程"), ("乙", "村级道路管养费", "养护里程", "里程")]
    (item,) = read_clusters(database([*uses, ("丙", "村级道路养护费", "养护里程", "里程")]))
    assert (item.value_read, [one.name for one in item.members]) == ("村级道路养护费", ["村级道路管养费"])
    (term,) = terms_for(item, {"decision": "accepted"})
    assert (term.kind, term.raw, term.canonical, term.level2_group) == (
        "project",
        "村级道路管养费",
        "村级道路养护费",
        "",
    )


def test_the_terminal_lists_and_decides_the_same_and_the_next_run_applies_it(
    home: Home, cluster: Item, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    list_queue(home, as_json=False)
    assert "领取酬劳人数（说明相同" in capsys.readouterr().out
    list_queue(home, as_json=True)
    listed = next(one for one in json.loads(capsys.readouterr().out) if one["key"] == cluster.key)
    assert len(listed["members"]) == 2
    path = tmp_path / "said.json"
    path.write_text(json.dumps([{"key": cluster.key, "decision": "accepted"}]), encoding="utf-8")
    assert decide_from(home, str(path)) == 0
    run(home)
    assert names_of(home) == {"在册名单人数"}
    assert [one for one in read_queue(home) if one.kind == NAMES] == []
