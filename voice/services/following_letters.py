"""The e-mails that invite to a follow-up. Whoever has no e-mail address gets a letter by hand."""

from datetime import datetime

from sqlalchemy.orm import Session

from voice.clock import date_in_words, moment_in_words
from voice.config import Settings
from voice.models import Consultation, Delegate, FollowUp, Invitee
from voice.services import invitees, mail


def write_to_delegate(
    session: Session,
    settings: Settings,
    follow_up: FollowUp,
    invitee: Invitee,
    asked: Consultation,
    *,
    now: datetime,
) -> None:
    """Ask somebody who came what changed since."""
    day = date_in_words(follow_up.held_on)
    said = f"You came to our course on {day}. Please tell us what it changed in your work."
    _write(session, settings, invitee, asked, said, now=now)


def write_to_superior(
    session: Session,
    settings: Settings,
    follow_up: FollowUp,
    delegate: Delegate,
    asked: Consultation,
    *,
    now: datetime,
) -> None:
    """Ask a line manager what they see. Nothing is sent where there is no invitation."""
    if delegate.manager_invitee is None:
        return
    day = date_in_words(follow_up.held_on)
    said = (
        f"{delegate.name} came to our course on {day}. As their line manager, please tell us what "
        "you see of it at work. If you are not their line manager any more, please say so in a "
        "reply to this e-mail."
    )
    _write(session, settings, delegate.manager_invitee, asked, said, now=now)


def withdraw(session: Session, invitee: Invitee) -> None:
    """Send this invitation no more, if it has not left."""
    mail.withdraw(session, _reference(invitee))


def _reference(invitee: Invitee) -> str:
    return f"invited:{invitee.id}"


def _write(
    session: Session,
    settings: Settings,
    invitee: Invitee,
    asked: Consultation,
    said: str,
    *,
    now: datetime,
) -> None:
    base = settings.council.address.rstrip("/")
    if not base:
        return  # without an address of ours there is no link to send
    code = invitees.code_of(invitee, secret=settings.secret_key)
    text = (
        f"Dear {invitee.name},\n\n{said}\n\n{base}/invited/{code}\n\n"
        f"You have until {moment_in_words(asked.closes_at)}. The link is yours alone; if you do "
        f"not want to reply, you can say so there.\n\n{settings.council.name}\n"
    )
    letter = mail.Letter(invitee.reach, asked.title, text)
    mail.queue_letter(
        session, settings, letter, reference=_reference(invitee), now=now, can_wait=True
    )
