"""Messages about nights that nobody watched: by mail and to robots, each in its own form."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiosmtpd.controller import Controller

from pipelines.night.ledger import BY_HAND, SCHEDULED, NightRecord, Outcome
from pipelines.night.notify import notify, payload
from pipelines.night.settings import MailSettings, Settings, Webhook, load_settings
from pipelines.terminal.errors import CommandError
from tests.pipelines.night.robots import Robot
from tests.pipelines.service.running_service import free_port
from warehouse.home import Home

GOOD = NightRecord("1", "2026-03-01T18:00:00+00:00", 1, SCHEDULED, Outcome.DONE, "2026-03-01T18:01:00+00:00")
REJECTED = replace(GOOD, facts={"headline": "新增 1 份", "rejected": [["坏.docx", "damaged"]], "unreadable": []})
FAILED = replace(GOOD, outcome=Outcome.FAILED, message="磁盘已满")
HELD = replace(GOOD, facts={"rejected": [], "unreadable": [], "held_back": "指标 154 → 77"})


@pytest.fixture
def robot() -> Iterator[Robot]:
    with Robot() as robot:
        yield robot


def hooked(robot: Robot) -> Settings:
    return Settings(webhooks=(Webhook("plain", robot.address),))


@pytest.mark.parametrize(
    ("night", "words"),
    [(FAILED, "磁盘已满"), (REJECTED, "坏.docx"), (HELD, "154 → 77"), (replace(GOOD, outcome=Outcome.CRASHED), "异常")],
)
def test_who_is_to_know_is_told(robot: Robot, night: NightRecord, words: str) -> None:
    notify(hooked(robot), night, "county")
    (body,) = robot.bodies
    assert words in body["text"]


def test_a_rejected_file_is_told_once_with_what_to_do(robot: Robot) -> None:
    both = {"rejected": [["坏.docx", "damaged"], ["空.docx", "empty_file"]], "unreadable": []}
    notify(hooked(robot), replace(GOOD, facts={**both, "rejected_now": ["空.docx"]}), "county")
    notify(hooked(robot), replace(GOOD, facts={**both, "rejected_now": []}), "county")
    (body,) = robot.bodies
    assert "空.docx：文件为空，请重新报送" in body["text"] and "坏.docx" not in body["text"]
    assert "另有 1 份此前已告知" in body["text"]


@pytest.mark.parametrize(
    "night", [replace(GOOD, facts={"rejected": [], "unreadable": []}), replace(FAILED, trigger=BY_HAND)]
)
def test_nobody_is_told_of_a_good_night_or_of_one_that_he_started_himself(robot: Robot, night: NightRecord) -> None:
    notify(hooked(robot), night, "county")
    assert robot.bodies == []


@pytest.mark.parametrize(("night", "asked"), [(REJECTED, 1), (FAILED, 0)])
def test_a_dead_mans_switch_hears_of_nights_that_did_their_work(robot: Robot, night: NightRecord, asked: int) -> None:
    ping = f"http://{urlsplit(robot.address).netloc}/ping"
    settings = Settings(watch=replace(Settings().watch, ping_url=ping))
    notify(settings, night, "county")
    assert robot.paths == ["/ping"] * asked


def test_each_robot_gets_its_own_form() -> None:
    assert payload(Webhook("wecom", "https://x/?key=k"), "话", 0)[1] == {"msgtype": "text", "text": {"content": "话"}}
    assert payload(Webhook("feishu", "https://x/"), "话", 0)[1] == {"msg_type": "text", "content": {"text": "话"}}
    assert payload(Webhook("plain", "https://x/"), "话", 0) == ("https://x/", {"text": "话"})


def test_dingtalk_is_signed_in_the_address() -> None:
    url, body = payload(Webhook("dingtalk", "https://x/robot?access_token=t", "S"), "话", 1_700_000_000.5)
    asked = parse_qs(urlsplit(url).query)
    expected = hmac.new(b"S", b"1700000000500\nS", hashlib.sha256).digest()
    assert asked["timestamp"] == ["1700000000500"]
    assert base64.b64decode(asked["sign"][0]) == expected
    assert body == {"msgtype": "text", "text": {"content": "话"}}


def test_feishu_is_signed_in_the_body() -> None:
    _, body = payload(Webhook("feishu", "https://x/", "S"), "话", 1_700_000_000)
    expected = hmac.new(b"1700000000\nS", b"", hashlib.sha256).digest()
    assert body["timestamp"] == "1700000000"
    assert base64.b64decode(str(body["sign"])) == expected


@pytest.mark.parametrize("answer", [{"errcode": 310000, "errmsg": "sign not match"}, None])
def test_a_message_that_is_refused_is_logged_without_the_robots_key(
    answer: dict[str, Any] | None, caplog: pytest.LogCaptureFixture
) -> None:
    with Robot(answer, 200 if answer else 500) as robot:
        notify(Settings(webhooks=(Webhook("dingtalk", robot.address),)), FAILED, "county")
    assert "没有成功" in caplog.text
    assert "secret" not in caplog.text


class Letters:
    def __init__(self) -> None:
        self.kept: list[Message] = []

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:  # noqa: N802 - its protocol
        self.kept.append(message_from_bytes(envelope.content))
        return "250 OK"


def test_mail_goes_to_all_recipients() -> None:
    letters = Letters()
    port = free_port()
    controller = Controller(letters, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        mail = MailSettings(
            "127.0.0.1", port, "none", sender="night@invented.test", recipients=("a@b.test", "c@d.test")
        )
        notify(Settings(mail=mail), FAILED, "county")
    finally:
        controller.stop()
    (letter,) = letters.kept
    content = letter.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert letter["To"] == "a@b.test, c@d.test"
    assert "磁盘已满" in content.decode()


def test_a_mail_server_that_is_gone_costs_the_night_nothing(caplog: pytest.LogCaptureFixture) -> None:
    mail = MailSettings("127.0.0.1", 1, "none", sender="a@b.test", recipients=("a@b.test",))
    notify(Settings(mail=mail), FAILED, "county")
    assert "发送邮件没有成功" in caplog.text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[night]\nschedul = '0 2 * * *'", "schedul"),
        ("[mails]", "mails"),
        ("[keep]\npublications = 'many'", "publications"),
        ("[mail]\nhost = 'h'", "sender"),
        ("[[webhook]]\nkind = 'smoke'\nurl = 'u'", "kind"),
        ("[mail\n", "settings.toml"),
    ],
)
def test_settings_that_cannot_be_understood_are_named(tmp_path: Path, text: str, named: str) -> None:
    home = Home(tmp_path)
    home.config.mkdir()
    home.settings.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=named):
        load_settings(home)


def test_settings_are_read(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.config.mkdir()
    home.settings.write_text(
        '[keep]\npublications = 5\n[mail]\nhost = "h"\nsender = "a"\nrecipients = ["b"]\n'
        '[[webhook]]\nkind = "wecom"\nurl = "u"\n[night]\nlate_after_hours = 3\n',
        encoding="utf-8",
    )
    settings = load_settings(home)
    assert (settings.keep.publications, settings.mail.recipients, settings.webhooks[0].kind) == (5, ("b",), "wecom")
    assert settings.night.late_after_hours == 3
