"""As whom people answer: for themselves, for an organisation, or jointly as a committee."""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.answers import Answer
from surveys.engine import Survey
from surveys.questions import OneOf
from surveys.setting_names import CAPACITIES
from voice.models import Capacity, Consultation, Response
from voice.services.results import counting_in

ANSWERING = (Capacity.INDIVIDUAL, Capacity.ORGANISATION, Capacity.COMMITTEE)
QUESTION = "capacity"  # the code of the question by which a survey asks it itself
LABELS = {each: CAPACITIES[each.value] for each in ANSWERING}
_COUNTED = {
    Capacity.INDIVIDUAL: ("individual", "individuals"),
    Capacity.ORGANISATION: ("organisation", "organisations"),
    Capacity.COMMITTEE: ("committee", "committees"),
}


def asks_itself(survey: Survey) -> bool:
    """Return whether the survey asks as whom people answer."""
    return isinstance(survey.question(QUESTION), OneOf)


def capacity_after(before: Capacity, answers: Mapping[str, Answer]) -> Capacity:
    """Return the capacity that these answers say; `before`, where they say nothing of it.

    A survey that knows only individuals and organisations is answered by a committee as by an
    organisation, so that does not unmake a committee.
    """
    said = answers.get(QUESTION)
    named = said.values[0] if said is not None and said.values else ""
    found = next((each for each in ANSWERING if each.value == named), None)
    if found is None or (before is Capacity.COMMITTEE and found is Capacity.ORGANISATION):
        return before
    return found


def spoken_for(session: Session, consultation: Consultation) -> dict[UUID, Capacity]:
    """Return the responses that speak for more than one person, and as what."""
    found = session.execute(
        select(Response.id, Response.capacity).where(
            counting_in(consultation), Response.capacity != Capacity.INDIVIDUAL
        )
    )
    return {response: capacity for response, capacity in found}


def count_in_words(capacities: Iterable[Capacity]) -> tuple[str, ...]:
    """Return how many there are of each, such as "2 organisations", in a fixed order."""
    counts = Counter(capacities)
    return tuple(
        f"{counts[each]} {_COUNTED[each][counts[each] != 1]}" for each in ANSWERING if counts[each]
    )


def count_sent(session: Session, consultation: Consultation) -> tuple[str, ...]:
    """Return how many responses that count came from whom; nothing if all are individuals."""
    found = session.scalars(select(Response.capacity).where(counting_in(consultation))).all()
    return count_in_words(found) if set(found) - {Capacity.INDIVIDUAL} else ()
