"""Rare but serious comments: that hardly anybody else makes, in words that ask to be read.

"A single comment can matter." Masked; what raised an alert is not among them (SAF-8), and what
help was shown for is never quoted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from voice.analysis.noticing import FEW_PEOPLE
from voice.analysis.seriousness import SERIOUS_FROM
from voice.models import AnswerNote, Consultation
from voice.services import answer_notes, theme_answers, themes
from voice.services.theme_behind import Behind

PAGE_COMMENTS = 20


@dataclass(frozen=True, slots=True)
class Serious:
    """A page of such comments, masked, the most serious first; `number` counts pages from 1.

    `kept_back` says in words how many of them are never quoted.
    """

    text: str
    people: int
    base: int
    number: int
    shown: tuple[str, ...]
    has_more: bool
    kept_back: str


def read_serious(
    session: Session, consultation: Consultation, code: str, *, number: int
) -> Serious:
    """Return a page of the rare but serious comments to a question.

    Raises:
        NotFoundError: if there is no such question.
    """
    question = themes.get_question(consultation, code)
    behind = Behind.read(session, consultation, code)
    found = find_serious(behind, answer_notes.list_notes(session, consultation, code))
    listed = [one for one in found if one not in behind.unquotable]
    start = (number - 1) * PAGE_COMMENTS
    return Serious(
        text=question.plain_text,
        people=len(found),
        base=len(behind.people),
        number=number,
        shown=tuple(
            theme_answers.quotable(behind.readable[one].values[0], name_as=behind.name_as)
            for one in listed[start : start + PAGE_COMMENTS]
        ),
        has_more=len(listed) > start + PAGE_COMMENTS,
        kept_back=theme_answers.removed_in_words(len(found) - len(listed)),
    )


def find_serious(behind: Behind, notes: Mapping[UUID, AnswerNote]) -> list[UUID]:
    """Return who says something serious that hardly anybody else does, the most serious first."""
    carried: set[UUID] = set()
    for people in behind.raised.values():
        if len(people) >= FEW_PEOPLE:
            carried.update(people)
    rare = [
        note
        for one, note in notes.items()
        if note.weight >= SERIOUS_FROM and one in behind.people and one not in carried
    ]
    in_order = sorted(rare, key=lambda each: (-each.weight, each.response_id))
    return [note.response_id for note in in_order]
