"""What operators set: ``<home>/config/settings.toml``; every setting has a default, an unknown one is an error."""

import logging
import tomllib
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from pipelines.terminal.errors import WRONG_USAGE, CommandError
from warehouse.home import Home

Section = TypeVar("Section")

log = logging.getLogger("jixiao")

SECURITIES = ("starttls", "tls", "none")
KINDS = ("dingtalk", "wecom", "feishu", "plain")


@dataclass(frozen=True, slots=True)
class NightSettings:
    """``schedule`` is the timer's cron expression ("" where the service keeps it); ``late_after_hours`` is patience."""

    schedule: str = ""
    late_after_hours: float = 2.0


@dataclass(frozen=True, slots=True)
class KeepSettings:
    """How many of the newest publications are kept, and whether one of each month besides; 0 keeps all.

    ``replaced`` keeps the pages and Documents of replaced filings that no kept publication shows.
    """

    publications: int = 30
    one_a_month: bool = True
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class MailSettings:
    """Where mail goes; the password stands in a file of its own. No ``host``: no mail."""

    host: str = ""
    port: int = 587
    security: str = "starttls"
    user: str = ""
    password_file: str = ""
    sender: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Webhook:
    """A group chat's robot: ``kind`` decides the payload; ``secret`` signs it where the robot wants that."""

    kind: str
    url: str
    secret: str = ""


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """``ping_url`` is asked after each good night: whoever watches it notices when it is not (a dead man's switch)."""

    ping_url: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings."""

    night: NightSettings = field(default_factory=NightSettings)
    keep: KeepSettings = field(default_factory=KeepSettings)
    mail: MailSettings = field(default_factory=MailSettings)
    watch: WatchSettings = field(default_factory=WatchSettings)
    webhooks: tuple[Webhook, ...] = ()


def load_settings(home: Home) -> Settings:
    """Read the settings; raises CommandError naming what cannot be understood."""
    if not home.settings.exists():
        return Settings()
    try:
        read = tomllib.loads(home.settings.read_text(encoding="utf-8-sig"))
        unknown = read.keys() - {"night", "keep", "mail", "watch", "webhook"}
        if unknown:
            raise ValueError(f"不认识的部分 {'、'.join(sorted(unknown))}")
        settings = Settings(
            night=_section(NightSettings, read.get("night", {})),
            keep=_section(KeepSettings, read.get("keep", {})),
            mail=_section(MailSettings, read.get("mail", {})),
            watch=_section(WatchSettings, read.get("watch", {})),
            webhooks=tuple(_section(Webhook, hook) for hook in read.get("webhook", [])),
        )
        _check(settings)
    except (ValueError, TypeError, AttributeError) as error:
        raise CommandError(
            f"{home.settings} 中的设置有误：{error}。", "请对照 pipelines/README.md 的“Settings”改正。", WRONG_USAGE
        ) from error
    return settings


def patient_settings(home: Home) -> Settings:
    """Read what operators set; a mistake there is told, and stops no night."""
    try:
        return load_settings(home)
    except CommandError as error:
        log.warning("%s %s", error.message, error.advice)
        return Settings()


def _section(kind: type[Section], values: dict[str, Any]) -> Section:
    known = {one.name: one for one in fields(kind)}  # type: ignore[arg-type]
    if unknown := values.keys() - known.keys():
        raise ValueError(f"不认识的设置 {'、'.join(sorted(unknown))}")
    taken = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    section = kind(**taken)
    for name in taken:
        wanted, given = type(getattr(kind(**_required(kind)), name)), taken[name]
        if not isinstance(given, wanted) and not (wanted is float and isinstance(given, int)):
            raise ValueError(f"{name} 的写法不对：{given}")
    return section


def _required(kind: type[Section]) -> dict[str, str]:
    return {"kind": "", "url": ""} if kind is Webhook else {}


def _check(settings: Settings) -> None:
    if settings.mail.security not in SECURITIES:
        raise ValueError(f"mail.security 应为 {'、'.join(SECURITIES)} 之一")
    if settings.mail.host and not (settings.mail.sender and settings.mail.recipients):
        raise ValueError("mail 要写明 sender 和 recipients")
    for hook in settings.webhooks:
        if hook.kind not in KINDS:
            raise ValueError(f"webhook.kind 应为 {'、'.join(KINDS)} 之一")
