"""Tells people how a night went when nobody watched it: by mail, to group chats, and to a dead man's switch."""

import base64
import hashlib
import hmac
import logging
import smtplib
import time
from collections.abc import Callable
from functools import partial
from urllib.parse import quote_plus, urlsplit

from extractors.rejection import ADVICE, Reason
from pipelines.night.ledger import SCHEDULED, NightRecord, Outcome, claim_telling, release_telling
from pipelines.night.mail import send_mail
from pipelines.night.settings import Settings, Webhook, patient_settings
from warehouse.home import Home

TIMEOUT_SECONDS = 15.0
NAMES_TOLD = 20

log = logging.getLogger("jixiao")

Sender = Callable[[], None]


def notify(settings: Settings, night: NightRecord, place: str) -> bool:
    """Tell of a night that nobody watched: of each that failed, and of each with files that need somebody.

    A message that cannot be sent is logged and costs the night nothing; False where none of the ways worked. A good
    night asks the ping address, so that whoever watches that notices when a night did not come.
    """
    if night.trigger != SCHEDULED:
        return True
    if night.outcome is Outcome.DONE and settings.watch.ping_url:
        _try("报平安", lambda: _get(settings.watch.ping_url))
    text = describe(night, place)
    return text is None or tell_all(settings, *text)


def tell_of_night(home: Home, night: NightRecord) -> None:
    """Tell of a night as ``notify`` does, unless somebody else has: a crash is seen by the service and by its server.

    What could not be sent is left to the next who asks, the hourly watch at the latest.
    """
    if night.trigger != SCHEDULED or not claim_telling(home, night):
        return
    if not notify(patient_settings(home), night, str(home.path.resolve())):
        release_telling(home, night)


def describe(night: NightRecord, place: str) -> tuple[str, str] | None:
    """Give subject and text of the message about a night; None where nobody need do anything."""
    if night.outcome is Outcome.RUNNING:
        return None
    if night.outcome is not Outcome.DONE:
        return (
            "绩效目标夜间任务没有完成",
            f"工作目录：{place}\n开始：{night.started}\n原因：{night.message or '进程异常终止'}\n",
        )
    rejected = night.facts.get("rejected", [])
    unreadable = night.facts.get("unreadable", [])
    held = night.facts.get("held_back")
    assert isinstance(rejected, list) and isinstance(unreadable, list)
    told = night.facts.get("rejected_now", [name for name, _ in rejected])
    assert isinstance(told, list)
    news = [(name, reason) for name, reason in rejected if name in set(told)]
    if not news and not unreadable and not held:
        return None
    names = [f"  {name}：{_reason_told(reason)}" for name, reason in news] + [
        f"  {name}：打不开" for name in unreadable
    ]
    shown = "\n".join(names[:NAMES_TOLD]) + (
        f"\n  另有 {len(names) - NAMES_TOLD} 份" if len(names) > NAMES_TOLD else ""
    )
    lines = [f"工作目录：{place}", str(night.facts.get("headline", ""))]
    if held:
        lines.append(f"新的比较表没有发布：{held}")
    if names:
        lines.append(f"这一次未入库的文件：\n{shown}")
    if len(rejected) > len(news):
        lines.append(f"另有 {len(rejected) - len(news)} 份此前已告知，仍未入库；全部见 published/未入库文件.csv。")
    return "绩效目标夜间任务：有文件需要处理" if names else "绩效目标夜间任务：比较表没有发布", "\n".join(lines) + "\n"


def _reason_told(reason: str) -> str:
    """Say what a person can do about a reason; one of another program's is told as it is."""
    return ADVICE[Reason(reason)] if reason in {*Reason} else reason


def tell_all(settings: Settings, subject: str, text: str) -> bool:
    """Send a message every way that is set up; False where there are ways and none of them worked."""
    sent = []
    if settings.mail.host:
        sent.append(_try("发送邮件", lambda: send_mail(settings.mail, subject, text)))
    for hook in settings.webhooks:
        sent.append(_try(f"发送到 {hook.kind}", partial(_post, hook, f"{subject}\n{text}")))
    return any(sent) or not sent


def payload(hook: Webhook, text: str, now: float) -> tuple[str, dict[str, object]]:
    """Give address and body of a message as the robot of each kind wants them."""
    if hook.kind in ("dingtalk", "wecom"):
        body: dict[str, object] = {"msgtype": "text", "text": {"content": text}}
        if hook.kind == "dingtalk" and hook.secret:
            stamp = str(round(now * 1000))
            sign = quote_plus(_sign(hook.secret, f"{stamp}\n{hook.secret}"))
            return f"{hook.url}&timestamp={stamp}&sign={sign}", body
        return hook.url, body
    if hook.kind == "feishu":
        body = {"msg_type": "text", "content": {"text": text}}
        if hook.secret:
            stamp = str(int(now))
            body |= {"timestamp": stamp, "sign": _sign(f"{stamp}\n{hook.secret}", "")}
        return hook.url, body
    return hook.url, {"text": text}


def _sign(key: str, message: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


def _post(hook: Webhook, text: str) -> None:
    import httpx

    url, body = payload(hook, text, time.time())
    answer = httpx.post(url, json=body, timeout=TIMEOUT_SECONDS)
    answer.raise_for_status()
    said = answer.json() if "json" in answer.headers.get("content-type", "") else {}
    if (code := said.get("errcode", said.get("code", 0))) not in (0, None):
        raise OSError(f"{hook.kind} 应答 {code}：{said.get('errmsg', said.get('msg', ''))}")


def _get(url: str) -> None:
    import httpx

    httpx.get(url, timeout=TIMEOUT_SECONDS).raise_for_status()


def _try(what: str, send: Sender) -> bool:
    import httpx

    try:
        send()
    except (OSError, smtplib.SMTPException, httpx.HTTPError, ValueError) as error:
        log.warning("%s没有成功：%s", what, _without_address(error))
        return False
    return True


def _without_address(error: Exception) -> str:
    """Say what went wrong without the robot's address, which holds its key."""
    words = [word for word in str(error).split() if not urlsplit(word.strip("'\"")).netloc]
    return f"{type(error).__name__}: {' '.join(words)}"
