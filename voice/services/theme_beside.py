"""What stands beside the themes of a question: what goes together, stances, the serious few."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from surveys.questions import AnyQuestion
from voice.analysis.together import Together, find_together
from voice.models import Consultation, Theme
from voice.reports.figures import Figure
from voice.services import answer_notes, stances
from voice.services.answer_notes import NOTHING_NOTICED, Noticed
from voice.services.quotes import Quoting
from voice.services.serious import find_serious
from voice.services.theme_behind import Behind


@dataclass(frozen=True, slots=True)
class Beside:
    """What an officer reads beside the themes; `stances` are by theme."""

    noticed: Noticed = NOTHING_NOTICED
    together: tuple[Together, ...] = ()
    stance_words: str = ""
    stances: Mapping[UUID, tuple[Figure, ...]] = field(default_factory=dict)
    serious: int = 0  # comments in hardly any theme whose words are serious


def read_beside(
    session: Session,
    consultation: Consultation,
    question: AnyQuestion,
    behind: Behind,
    themes: Sequence[tuple[str, Sequence[Theme]]],
    *,
    quoting: Quoting,
) -> Beside:
    """Return what stands beside these themes: their names, each with everything merged into it."""
    code = question.code
    taken = stances.read_stances(session, consultation, question)
    people = {parts[0].id: behind.people_of(parts) for _, parts in themes}
    labels = {str(parts[0].id): label for label, parts in themes}
    raised = {str(theme): frozenset(map(str, those)) for theme, those in people.items()}
    notes = answer_notes.list_notes(session, consultation, code)
    return Beside(
        noticed=answer_notes.read_noticed(notes, behind, quoting),
        together=tuple(_named(pair, labels) for pair in find_together(raised, len(behind.people))),
        stance_words=taken.words,
        stances={theme: taken.count(those) for theme, those in people.items()},
        serious=len(find_serious(behind, notes)),
    )


def _named(pair: Together, labels: Mapping[str, str]) -> Together:
    return Together(
        one=labels[pair.one],
        other=labels[pair.other],
        both=pair.both,
        expected=pair.expected,
        excess=pair.excess,
        low=pair.low,
        high=pair.high,
    )
