"""One person's forms lined up: a question through the forms, and what only one form asks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from surveys.answers import Answer
from surveys.differences import Difference, Standing, compare_surveys
from surveys.engine import Survey
from surveys.measures import Grid
from surveys.questions import AnyQuestion, MediaQuestion
from voice.models import Response
from voice.services import responses
from voice.services.consultations import survey_of
from voice.services.measures import Change, changes_between
from voice.services.raw_responses import said_in

NOT_ASKED = "Not asked"


@dataclass(frozen=True, slots=True)
class Form:
    """One thing that the person sent in."""

    title: str
    reference: str
    sent_at: datetime  # shown as a day


@dataclass(frozen=True, slots=True)
class Rated:
    """One row of a grid through the forms, in words.

    `change` is from its first score to its last, if it was scored twice.
    """

    label: str
    cells: tuple[str, ...]
    change: Change | None


@dataclass(frozen=True, slots=True)
class Lined:
    """One question through the forms: an answer in words for each form, in their order.

    `warning` says where it was asked otherwise. A grid that was answered twice has its rows.
    """

    text: str
    cells: tuple[str, ...]
    places: frozenset[int]  # of the forms that ask it
    warning: str = ""
    rows: tuple[Rated, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether any form has come to it."""
        return any(cell != NOT_ASKED for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Together:
    """One person's forms: the questions asked in several, and those asked in one, form by form."""

    forms: tuple[Form, ...]
    lined: tuple[Lined, ...]
    alone: tuple[tuple[Form, tuple[tuple[str, str], ...]], ...]
    side: str


def side_label(response: Response) -> str:
    """Return in words on which side of a family's code somebody answered; empty without sides."""
    sides = survey_of(response.version).sides
    return next((side.label for side in sides if side.code == response.side), "")


def line_up(forms: Sequence[Response]) -> Together:
    """Return the forms of one person, of which there is at least one, the earliest first."""
    shown = tuple(_form(each) for each in forms)
    rows = list(_rows(forms))
    return Together(
        forms=shown,
        lined=tuple(row for row in rows if len(row.places) > 1 and row.is_answered),
        alone=tuple((form, tuple(_asked_once(rows, place))) for place, form in enumerate(shown)),
        side=side_label(forms[-1]),
    )


def _form(response: Response) -> Form:
    assert response.submitted_at is not None  # noqa: S101 - only what was sent in is read
    return Form(response.consultation.title, response.reference, response.submitted_at)


def _rows(forms: Sequence[Response]) -> Iterator[Lined]:
    """Give each question once, the newest form leading.

    A question is the same where `compare_surveys` says so.
    """
    surveys = [survey_of(each.version) for each in forms]
    answers = [responses.counted_answers_of(each) for each in forms]
    placed: list[set[str]] = [set() for _ in forms]
    for leading in reversed(range(len(forms))):
        twins = [
            {each.code: each for each in compare_surveys(survey, surveys[leading])}
            for survey in surveys
        ]
        for question in _asked(surveys[leading]):
            if question.code in placed[leading]:
                continue
            same = _same(question, twins, placed)
            for place, twin in same.items():
                placed[place].add(twin.before.code if twin.before else "")
            yield _lined(question, same, forms, answers)


def _asked_once(rows: Sequence[Lined], place: int) -> Iterator[tuple[str, str]]:
    """Give what only this form asks, in words; without what its path never came to."""
    for row in rows:
        if row.places == {place} and row.is_answered:
            yield row.text, row.cells[place]


def _asked(survey: Survey) -> Iterator[AnyQuestion]:
    return (each for each in survey.questions if each.takes_answer and not each.equality)


def _same(
    question: AnyQuestion, twins: Sequence[dict[str, Difference]], placed: Sequence[set[str]]
) -> dict[int, Difference]:
    """Return the like of `question` by the place of each form that asks it and has it left."""
    found = {place: each[question.code] for place, each in enumerate(twins)}
    return {
        place: twin
        for place, twin in found.items()
        if twin.before is not None and twin.before.code not in placed[place]
    }


def _lined(
    question: AnyQuestion,
    same: dict[int, Difference],
    forms: Sequence[Response],
    answers: Sequence[dict[str, Answer]],
) -> Lined:
    given: dict[int, tuple[AnyQuestion, Answer]] = {}
    for place, twin in same.items():
        if twin.before is not None and twin.before.code in answers[place]:
            given[place] = (twin.before, answers[place][twin.before.code])
    cells = (
        _words(form, *given[place]) if place in given else NOT_ASKED
        for place, form in enumerate(forms)
    )
    otherwise = [
        f"{forms[place].consultation.title}: it {'; '.join(twin.changes)} since."
        for place, twin in same.items()
        if twin.standing is Standing.CHANGED
    ]
    rated = {place: answer for place, (_, answer) in given.items() if answer.values}
    rows = tuple(_rated(question, rated, len(forms)))
    return Lined(question.plain_text, tuple(cells), frozenset(same), " ".join(otherwise), rows)


def _words(form: Response, question: AnyQuestion, answer: Answer) -> str:
    if isinstance(question, MediaQuestion) and answer.values:
        return f"Sent {question.called}"
    return said_in(form, question, answer)


def _rated(question: AnyQuestion, given: Mapping[int, Answer], forms: int) -> Iterator[Rated]:
    """Give each row of a grid that was answered in two forms or more."""
    if not isinstance(question, Grid) or len(given) < 2:
        return
    ratings = {place: question.rated(answer.values) for place, answer in given.items()}
    first, last = given[min(given)], given[max(given)]
    changes = {each.label: each for each in changes_between(question, first.values, last.values)}
    for row in question.rows:
        columns = [
            question.column(ratings.get(place, {}).get(row.code, "")) for place in range(forms)
        ]
        cells = (NOT_ASKED if each is None else each.label for each in columns)
        yield Rated(row.label, tuple(cells), changes.get(row.label))
