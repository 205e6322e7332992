"""What can be asked: the surveys that come with the service, and the team's sound drafts."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from surveys.definition import DefinitionError, library_codes, read_from_library
from surveys.engine import Survey
from voice.errors import NotFoundError, PlanRefusedError
from voice.models import Draft, Officer
from voice.services import drafts

LIBRARY = "library"
DRAFT = "draft"


def list_askable(session: Session, officer: Officer) -> list[tuple[str, str]]:
    """Return what may be asked, the team's own drafts first: (how it is chosen, its name)."""
    own = [
        (f"{DRAFT}:{draft.id}", f"{draft.title} (your draft)")
        for draft in drafts.list_drafts(session, officer)
        if _is_waiting(draft)
    ]
    library = [(f"{LIBRARY}:{code}", read_from_library(code).title) for code in library_codes()]
    return own + library


def get_askable(session: Session, officer: Officer, chosen: str) -> Survey:
    """Return the survey that was chosen.

    Raises:
        PlanRefusedError: "survey missing" if there is none; "survey unready" if it is a draft
            with something to mend, or with a warning that nobody has read.
    """
    kind, _, name = chosen.partition(":")
    if kind == DRAFT:
        checked = drafts.check_draft(_get_draft(session, officer, name))
        if not checked.is_ready:
            raise PlanRefusedError("survey unready")
        return checked.survey
    if kind != LIBRARY or name not in library_codes():
        raise PlanRefusedError("survey missing")
    try:
        return read_from_library(name)
    except DefinitionError as error:
        raise PlanRefusedError("survey missing") from error


def note_asked(session: Session, officer: Officer, chosen: str, *, now: datetime) -> None:
    """Keep that a draft is asked, so that it leaves the desk; nothing for the library."""
    kind, _, name = chosen.partition(":")
    if kind == DRAFT:
        _get_draft(session, officer, name).published_at = now


def _is_waiting(draft: Draft) -> bool:
    return (
        draft.published_at is None
        and draft.put_away_at is None
        and draft.for_consultation_id is None
    )


def _get_draft(session: Session, officer: Officer, name: str) -> Draft:
    try:
        draft = drafts.get_draft(session, officer, UUID(name))
    except (ValueError, NotFoundError) as error:
        raise PlanRefusedError("survey missing") from error
    if not _is_waiting(draft):
        raise PlanRefusedError("survey missing")
    return draft
