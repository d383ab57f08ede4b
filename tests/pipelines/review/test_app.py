"""The queue's application: who may use it, what a decision leaves behind, and what hostile text does not do."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pipelines.commands.review import list_queue
from pipelines.review.app import make_app
from pipelines.terminal.errors import CommandError
from tests.pipelines.review.doubted_home import build_doubted_home
from transforms.records import Indicator
from warehouse.county.decisions import load_decisions
from warehouse.home import Home

HOST, TOKEN = "127.0.0.1:4711", "once"
ORIGIN = {"Origin": f"http://{HOST}"}


@pytest.fixture(scope="module")
def doubted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Indicator]:
    return build_doubted_home(tmp_path_factory.mktemp("doubted"))


@pytest.fixture
def client(doubted: tuple[Home, Indicator]) -> TestClient:
    (doubted[0].config / "decisions.csv").unlink(missing_ok=True)
    client = TestClient(make_app(doubted[0], HOST, TOKEN), base_url=f"http://{HOST}")
    assert client.get("/open", params={"token": TOKEN}).status_code == 200
    return client


def test_only_who_came_with_the_address_that_was_printed_is_let_in_and_only_once(
    doubted: tuple[Home, Indicator],
) -> None:
    app = make_app(doubted[0], HOST, TOKEN)
    stranger = TestClient(app, base_url=f"http://{HOST}")
    assert stranger.get("/items").status_code == 403
    assert stranger.get("/open", params={"token": "guess"}).status_code == 403
    owner = TestClient(app, base_url=f"http://{HOST}")
    assert owner.get("/open", params={"token": TOKEN}).status_code == 200
    assert stranger.get("/open", params={"token": TOKEN}).status_code == 403
    assert owner.get("/items", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.example"}, {"Origin": "null"}])
def test_no_other_page_can_decide(client: TestClient, headers: dict[str, str]) -> None:
    item = client.get("/items").json()[0]
    answer = client.post("/decide", json={"key": item["key"], "decision": "accepted"}, headers=headers)
    assert answer.status_code == 403
    assert client.get("/items").json()[0]["decision"] == "open"


def test_every_answer_forbids_what_the_page_does_not_need(client: TestClient) -> None:
    for path in ("/", "/items", "/static/review.js"):
        policy = client.get(path).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
    assert client.get("/static/app.py").status_code == 404


def test_a_decision_stands_in_the_countys_file_and_can_be_taken_back(
    doubted: tuple[Home, Indicator], client: TestClient
) -> None:
    home, indicator = doubted
    item = client.get("/items").json()[0]
    assert (item["value_read"], item["holds"], item["confidence"]) == (indicator.target.raw, True, 0.71)
    around = client.get(f"/items/{item['key']}").json()
    (here,) = [row["cells"] for row in around["rows"] if row["is_here"]]
    assert here[0] == str(item["row_no"])
    assert here[2] == item["value_read"]
    assert len(around["rows"]) > 1
    assert "理解为" in around["effect"]
    said = {"key": item["key"], "decision": "corrected", "value": "≥99%", "by": "核对人"}
    assert client.post("/decide", json=said, headers=ORIGIN).json()["decision"] == "corrected"
    (decision,) = load_decisions(home.config / "decisions.csv")
    assert (decision.text_read, decision.value, decision.decided_by) == (indicator.target.raw, "≥99%", "核对人")
    assert client.get("/items").json()[0]["value_decided"] == "≥99%"
    assert client.post("/undo", json={}, headers=ORIGIN).status_code == 200
    assert load_decisions(home.config / "decisions.csv") == ()
    assert "没有可以撤销" in client.post("/undo", json={}, headers=ORIGIN).json()["error"]


def test_a_decisions_file_that_a_spreadsheet_broke_is_named_with_its_line(
    doubted: tuple[Home, Indicator], client: TestClient
) -> None:
    path = doubted[0].config / "decisions.csv"
    item = client.get("/items").json()[0]
    path.write_text(
        "sha256,table_no,row_no,col_no,field,text_read,decision\n1.2E+63,1,1,1,target_raw,a,accepted\n",
        encoding="utf-8",
    )
    answer = client.post("/decide", json={"key": item["key"], "decision": "accepted"}, headers=ORIGIN)
    assert answer.status_code == 422
    assert "decisions.csv 第2行" in answer.json()["error"]
    assert "decisions.csv 第2行" in client.get("/items").json()["error"], "the page says what is to be mended"
    with pytest.raises(CommandError, match=r"decisions\.csv 第2行"):
        list_queue(doubted[0], as_json=False)
    path.unlink()


def test_the_filings_own_page_is_shown_without_any_script(doubted: tuple[Home, Indicator], client: TestClient) -> None:
    item = client.get("/items").json()[0]
    page = client.get(f"/source/{item['filing_id']}/page.html")
    assert page.status_code == 200
    assert item["anchor"] in page.text
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert client.get(f"/source/{item['filing_id']}/../../manifest.json").status_code == 404
    assert client.get(f"/source/{item['filing_id']}/%2e%2e/%2e%2e/manifest.json").status_code == 404
    assert client.get(f"/source/{'0' * 64}/page.html").status_code == 404
    assert Path(doubted[0].source_pages).is_dir()
