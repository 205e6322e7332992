"""What was noticed as answers were read: copies, disguised letters, names of one thing.

Kept by response, so that what a deleted response said leaves with it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from voice.analysis.aliases import own_aliases
from voice.analysis.findings import Note
from voice.analysis.noticing import FEWEST_COPIES
from voice.models import AnswerNote, Consultation, Response
from voice.services.quotes import Quoting
from voice.services.theme_behind import Behind


@dataclass(frozen=True, slots=True)
class NearCopies:
    """How many people sent nearly the same words, and those of one who may be quoted, or ""."""

    people: int
    words: str


@dataclass(frozen=True, slots=True)
class OneName:
    """Several names that were counted as one, and how many people used any of them."""

    name: str
    also: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Noticed:
    """What an officer should know of how the answers to a question were read."""

    copies: tuple[NearCopies, ...] = ()
    disguised: int = 0
    names: tuple[OneName, ...] = ()

    @property
    def has_any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.copies or self.disguised or self.names)


NOTHING_NOTICED = Noticed()


def keep(
    session: Session,
    consultation: Consultation,
    code: str,
    notes: Mapping[str, Note],
    *,
    among: Collection[UUID],
) -> None:
    """Keep the notes of one question in place of those before, as far as they are `among` these."""
    here = select(Response.id).where(Response.consultation_id == consultation.id)
    session.execute(
        delete(AnswerNote)
        .where(AnswerNote.question == code, AnswerNote.response_id.in_(here))
        .execution_options(synchronize_session=False)
    )
    firsts = sorted({note.near_copy for note in notes.values() if note.near_copy})
    numbers = {first: number for number, first in enumerate(firsts, start=1)}
    session.add_all(
        AnswerNote(
            response_id=response,
            question=code,
            near_copies=numbers.get(note.near_copy),
            is_disguised=note.is_disguised,
            names=list(note.names),
            weight=note.weight,
        )
        for comment, note in notes.items()
        if (response := as_response(comment)) in among
    )


def as_response(comment: str) -> UUID:
    """Return the response that a comment of the service is known by."""
    return UUID(comment)


def list_notes(session: Session, consultation: Consultation, code: str) -> dict[UUID, AnswerNote]:
    """Return the notes of one question by response."""
    found = session.scalars(
        select(AnswerNote)
        .join(Response, Response.id == AnswerNote.response_id)
        .where(Response.consultation_id == consultation.id, AnswerNote.question == code)
    )
    return {note.response_id: note for note in found}


def read_noticed(notes: Mapping[UUID, AnswerNote], behind: Behind, quoting: Quoting) -> Noticed:
    """Return what was noticed of the answers that stand behind the themes of a question."""
    here = [note for response, note in notes.items() if response in behind.people]
    return Noticed(
        copies=tuple(_copies(here, behind, quoting)),
        disguised=sum(note.is_disguised for note in here),
        names=tuple(_names(here)),
    )


def _copies(notes: Iterable[AnswerNote], behind: Behind, quoting: Quoting) -> Iterable[NearCopies]:
    groups: defaultdict[int, list[UUID]] = defaultdict(list)
    for note in notes:
        if note.near_copies is not None:
            groups[note.near_copies].append(note.response_id)
    for _, people in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0])):
        if len(people) >= FEWEST_COPIES:
            quotable = (quoting.words_of(one, behind) for one in sorted(people))
            yield NearCopies(len(people), next(filter(None, quotable), ""))


def _names(notes: Iterable[AnswerNote]) -> Iterable[OneName]:
    used: defaultdict[str, int] = defaultdict(int)
    for note in notes:
        for name in note.names:
            used[name] += 1
    for name, people in sorted(used.items(), key=lambda each: (-each[1], each[0])):
        yield OneName(name, own_aliases().also.get(name, ()), people)
