"""The letters to those who are asked by name, to be sent by an officer."""

from flask import request
from flask.typing import ResponseReturnValue

from voice.clock import moment_in_words
from voice.models import Consultation, Invitee
from voice.services import invitees, suppressions
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.addresses import whole_address
from voice.web.attachments import attach_table, note_taken
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, keeps, settings

COLUMNS = ("name", "how to reach", "their own link", "letter")


@blueprint.get("/consultations/<slug>/invitees/letters.csv")
@open_to(*EDITOR_ROLES)
@keeps
def download_letters(slug: str) -> ResponseReturnValue:
    """Give the letters to send, with each link: to all who have not replied, or to a reminder's.

    Whoever has replied or declined since is left out, and who must not be written to.
    """
    consultation = get_consultation(slug)
    listed = list(invitees.list_invitees(current_session(), consultation))
    number = request.args.get("reminder", 0, int)
    batches = [each for each in invitees.list_batches(listed) if each.number == number]
    people = batches[0].invitees if batches else listed
    words = {word for each in people for word in (each.name, each.reach)}
    silent = suppressions.suppressed_among(current_session(), words, secret=settings().secret_key)
    asked = [each for each in people if each.is_waited_for]
    rows = [_row(consultation, each) for each in asked if not {each.name, each.reach} & silent]
    note_taken(consultation, "letters")
    return attach_table(COLUMNS, rows, f"{slug}-letters.csv")


def _row(consultation: Consultation, invitee: Invitee) -> tuple[str, str, str, str]:
    link = _link(invitee)
    return invitee.name, invitee.reach, link, write_letter(consultation, invitee.name, link)


def _link(invitee: Invitee) -> str:
    code = invitees.code_of(invitee, secret=settings().secret_key)
    return whole_address("public.invited", invited_code=code)


def write_letter(consultation: Consultation, name: str, link: str) -> str:
    """Return the letter that invites somebody by name, with their own link."""
    return (
        f"Dear {name},\n\nWe would like to know what you think: {consultation.title}.\n"
        f"You have until {moment_in_words(consultation.closes_at)}. Please reply here:\n\n"
        f"{link}\n\nThe link is yours alone. If you do not want to reply, you can say so there, "
        f"and we will not remind you.\n\n{settings().council.name}\n"
    )
