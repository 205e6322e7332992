"""Comments in no theme, and the serious ones that hardly anybody else made: for a person to read.

"A single comment can matter." Masked; what raised an alert is not among them (SAF-8), and what
help was shown for is never quoted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from voice.analysis.content import fold
from voice.analysis.seriousness import SERIOUS_FROM
from voice.models import AnswerNote, Consultation
from voice.services import answer_notes, concerns, theme_answers, themes
from voice.services.theme_behind import Behind

PAGE_COMMENTS = 20
MOST_SERIOUS = 20
FEW_PEOPLE = 5  # a theme of fewer does not carry what is said in it


@dataclass(frozen=True, slots=True)
class Said:
    """Words as an officer reads them, masked, and how many people wrote just these."""

    words: str
    people: int


@dataclass(frozen=True, slots=True)
class Unsorted:
    """A page of the comments in no theme; `number` counts pages from 1.

    `serious` are on the first page only. `kept_back` says in words how many are never quoted.
    """

    text: str
    people: int
    base: int
    number: int
    serious: tuple[Said, ...]
    shown: tuple[Said, ...]
    has_more: bool
    kept_back: str


def read_unsorted(
    session: Session, consultation: Consultation, code: str, *, number: int
) -> Unsorted:
    """Return a page of the comments to a question that raise no theme, in a fixed order.

    Raises:
        NotFoundError: if there is no such question.
    """
    question = themes.get_question(consultation, code)
    behind = Behind.read(session, consultation, code)
    unquotable = concerns.responses_with_concerns(session, consultation)
    listed = _fold(behind, behind.unassigned - unquotable)
    start = (number - 1) * PAGE_COMMENTS
    notes = answer_notes.list_notes(session, consultation, code)
    serious = [one for one in find_serious(behind, notes) if one not in unquotable]
    return Unsorted(
        text=question.plain_text,
        people=len(behind.unassigned),
        base=len(behind.people),
        number=number,
        serious=tuple(_show(behind, _fold(behind, serious)[:MOST_SERIOUS]) if number == 1 else ()),
        shown=tuple(_show(behind, listed[start : start + PAGE_COMMENTS])),
        has_more=len(listed) > start + PAGE_COMMENTS,
        kept_back=theme_answers.removed_in_words(len(behind.unassigned & unquotable)),
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
    return [
        note.response_id for note in sorted(rare, key=lambda each: (-each.weight, each.response_id))
    ]


def _fold(behind: Behind, people: Iterable[UUID]) -> list[tuple[str, int]]:
    """Return each different text with how many wrote it; in the order given, sets by their ids."""
    in_order = people if isinstance(people, list) else sorted(people)
    texts: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for one in in_order:
        text = behind.readable[one].values[0].strip()
        texts.setdefault(fold(text), text)
        counts[fold(text)] += 1
    return [(text, counts[folded]) for folded, text in texts.items()]


def _show(behind: Behind, listed: Iterable[tuple[str, int]]) -> Iterable[Said]:
    for text, people in listed:
        yield Said(theme_answers.quotable(text, name_as=behind.name_as), people)
