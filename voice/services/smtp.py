"""The mail server that takes our letters, by SMTP."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from voice.config import Settings
from voice.services.mail import AddressRefusedError, Letter, Post

TIMEOUT_SECONDS = 30
PORTS = {"smtp": 587, "smtps": 465}


def post_by(settings: Settings) -> Post | None:
    """Return the way letters leave by, or None where no mail server is set."""
    if not settings.mail_server:
        return None

    def post(letter: Letter, reference: str) -> None:
        message = _message(settings, letter, reference)
        server = _connect(settings.mail_server)
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            if all(code >= 500 for code, _ in refused.recipients.values()):
                raise AddressRefusedError from refused
            raise
        finally:
            with suppress(OSError):  # what the server took is sent, however it says goodbye
                server.quit()

    return post


def _connect(address: str) -> smtplib.SMTP:
    """Return a line to the server; never a passphrase over one that anybody can read."""
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    checked = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, timeout=TIMEOUT_SECONDS, context=checked
        )
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=checked)
        server.ehlo()
    elif parts.username and parts.scheme == "smtp":
        server.close()
        raise smtplib.SMTPNotSupportedError("the mail server offers no encryption")
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _message(settings: Settings, letter: Letter, reference: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from or settings.council.email
    try:
        message["To"] = letter.to
    except Exception as error:  # the library breaks in its own ways on what is no address
        raise AddressRefusedError from error
    message["Subject"] = " ".join(letter.subject.split())
    host = urlsplit(settings.council.address).hostname or "voice.invalid"
    message["Message-ID"] = f"<{reference.replace(':', '.')}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
