"""What belongs to a consultation is found through it only, whatever number an address names."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from voice.errors import NotFoundError
from voice.models import Consultation, Gathering, Import, Notice, Pledge

Belonging = TypeVar("Belonging", Gathering, Import, Notice, Pledge)


def get_belonging(
    session: Session, kind: type[Belonging], consultation: Consultation, number: UUID
) -> Belonging:
    """Return what of this kind has this number in this consultation.

    Raises:
        NotFoundError: if the consultation has none.
    """
    found = session.get(kind, number)
    if found is None or found.consultation_id != consultation.id:
        raise NotFoundError(kind.__tablename__)
    return found
