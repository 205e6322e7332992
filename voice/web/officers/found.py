"""What every officer's page about a consultation begins with."""

from flask import request

from voice.models import Consultation
from voice.services import teams
from voice.web.session import current_session, signed_in_officer

MAX_PAGE = 1_000_000


def get_consultation(slug: str) -> Consultation:
    """Return the consultation at this address.

    Raises:
        NotFoundError: if there is none, or it is another team's.
    """
    return teams.get_consultation(current_session(), signed_in_officer(), slug)


def page_number() -> int:
    """Return which page of a long list is asked for, from 1."""
    number = request.args.get("page", 1, type=int)
    return min(max(number, 1), MAX_PAGE)
