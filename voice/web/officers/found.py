"""What every officer's page about a consultation begins with."""

from voice.models import Consultation
from voice.services import teams
from voice.web.session import current_session, signed_in_officer


def get_consultation(slug: str) -> Consultation:
    """Return the consultation at this address.

    Raises:
        NotFoundError: if there is none, or it is another team's.
    """
    return teams.get_consultation(current_session(), signed_in_officer(), slug)
