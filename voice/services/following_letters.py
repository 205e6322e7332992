"""The e-mails that invite to a follow-up. Whoever has no e-mail address gets a letter by hand."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from voice.clock import date_in_words, moment_in_words
from voice.config import Settings
from voice.models import Consultation, Delegate, FollowUp, Invitee
from voice.services import invitees, mail


def write_to_drawn(
    session: Session,
    settings: Settings,
    follow_up: FollowUp,
    drawn: Sequence[Delegate],
    *,
    asked: tuple[Consultation, Consultation],
    now: datetime,
) -> None:
    """Ask those who were drawn what changed since, and their line managers what they see of it.

    Nothing is sent where there is no invitation. `asked` is what delegates and managers answer.
    """
    to_delegates, to_superiors = asked
    letters: dict[str, mail.Letter] = {}
    for each in drawn:
        if each.invitee is not None:
            said = _said_to_delegate(follow_up)
            letters |= _letter(settings, each.invitee, to_delegates, said)
        letters |= _letter_to_superior(settings, follow_up, each, to_superiors)
    mail.queue_letters(session, settings, letters, now=now, can_wait=True)


def write_to_superior(
    session: Session,
    settings: Settings,
    follow_up: FollowUp,
    delegate: Delegate,
    *,
    asked: Consultation,
    now: datetime,
) -> None:
    """Ask a line manager what they see. Nothing is sent where there is no invitation."""
    letters = _letter_to_superior(settings, follow_up, delegate, asked)
    mail.queue_letters(session, settings, letters, now=now, can_wait=True)


def _said_to_delegate(follow_up: FollowUp) -> str:
    day = date_in_words(follow_up.held_on)
    return f"You came to our course on {day}. Please tell us what it changed in your work."


def _letter_to_superior(
    settings: Settings, follow_up: FollowUp, delegate: Delegate, asked: Consultation
) -> dict[str, mail.Letter]:
    if delegate.manager_invitee is None:
        return {}
    day = date_in_words(follow_up.held_on)
    said = (
        f"{delegate.name} came to our course on {day}. As their line manager, please tell us what "
        "you see of it at work. If you are not their line manager any more, please say so in a "
        "reply to this e-mail."
    )
    return _letter(settings, delegate.manager_invitee, asked, said)


def withdraw(session: Session, invitee: Invitee) -> None:
    """Send this invitation no more, if it has not left."""
    mail.withdraw(session, _reference(invitee))


def _reference(invitee: Invitee) -> str:
    return f"invited:{invitee.id}"


def _letter(
    settings: Settings, invitee: Invitee, asked: Consultation, said: str
) -> dict[str, mail.Letter]:
    """Return the letter by its reference; none without an address of ours to link to."""
    base = settings.council.address.rstrip("/")
    if not base:
        return {}
    code = invitees.code_of(invitee, secret=settings.secret_key)
    text = (
        f"Dear {invitee.name},\n\n{said}\n\n{base}/invited/{code}\n\n"
        f"You have until {moment_in_words(asked.closes_at)}. The link is yours alone; if you do "
        f"not want to reply, you can say so there.\n\n{settings.council.name}\n"
    )
    return {_reference(invitee): mail.Letter(invitee.reach, asked.title, text)}
