"""Mail through the bureau's own server."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from pipelines.night.settings import MailSettings

TIMEOUT_SECONDS = 30.0


@contextmanager
def connect(mail: MailSettings, seconds: float = TIMEOUT_SECONDS) -> Iterator[smtplib.SMTP]:
    """Connect and log in; raises OSError or SMTPException where that does not work."""
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(mail.host, mail.port, timeout=seconds, context=context)
        if mail.security == "tls"
        else smtplib.SMTP(mail.host, mail.port, timeout=seconds)
    ) as server:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, Path(mail.password_file).read_text(encoding="utf-8").strip())
        yield server


def send_mail(mail: MailSettings, subject: str, text: str) -> None:
    """Send a plain message to all recipients."""
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = mail.sender
    message["To"] = ", ".join(mail.recipients)
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain="jixiao.invalid")
    message.set_content(text)
    with connect(mail) as server:
        server.send_message(message)
