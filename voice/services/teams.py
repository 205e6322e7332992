"""What an officer finds: the consultations of their own team, and nothing of anybody else's."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from voice.errors import NotFoundError
from voice.models import Consultation, Officer, Role
from voice.services import consultations, officers


def list_consultations(session: Session, officer: Officer) -> Sequence[Consultation]:
    """Return the consultations of the officer's team, newest first; every team's for an admin."""
    team = None if officer.role is Role.ADMIN else officer.team
    return consultations.list_all(session, team=team)


def get_consultation(session: Session, officer: Officer, slug: str) -> Consultation:
    """Return a consultation of the officer's team.

    Raises:
        NotFoundError: if there is none with this slug, or it is another team's.
    """
    consultation = consultations.find_by_slug(session, slug)
    if consultation is None:
        raise NotFoundError("consultation")
    officers.check_team(officer, consultation.team)
    return consultation
