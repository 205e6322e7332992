"""What is wrong with a survey as its author left it, and what of it can be asked already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from surveys.definition import cure_for, problems_between
from surveys.drafting.sketch import Sketch
from surveys.drafting.words import in_desk_words, label_of
from surveys.engine import About, Survey
from surveys.questions import AnyQuestion

_QUESTION: TypeAdapter[AnyQuestion] = TypeAdapter(AnyQuestion)
_NOT_YET = "Not written yet."
_STAND_IN = About(
    what=_NOT_YET, why=_NOT_YET, who_for=_NOT_YET, minutes=5, what_happens=_NOT_YET,
    who_reads=_NOT_YET,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a survey from being asked. `key` is the question's, empty for the survey's own.

    `field` is the path of the field to mend, such as `("options", 2, "label")`.
    """

    key: str
    field: tuple[str | int, ...]
    message: str

    @property
    def words(self) -> str:
        """Where it is and what to mend, in the words of the author's desk."""
        named = (f"number {each + 1}" if isinstance(each, int) else label_of(each)
                 for each in self.field)  # fmt: skip
        where = " → ".join(named)
        said = in_desk_words(self.message)
        return f"{where}: {said}" if where and self.field != ("ask_if",) else said


@dataclass(frozen=True, slots=True)
class Reading:
    """A sketch read: the questions that are sound, in order, and what is wrong with the rest.

    `keys` has the key of each question of `survey`. None when no question is sound.
    """

    survey: Survey | None
    keys: Mapping[str, str]  # key by code
    problems: tuple[Problem, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the whole of it can be asked as it stands."""
        return self.survey is not None and not self.problems

    def problems_of(self, key: str) -> tuple[Problem, ...]:
        """Return what is wrong with one question, or with the survey when `key` is empty."""
        return tuple(each for each in self.problems if each.key == key)


def read_sketch(sketch: Sketch) -> Reading:
    """Return what can be asked of a sketch, and every problem with its cure."""
    problems: list[Problem] = []
    sound: list[tuple[str, AnyQuestion]] = []
    for each in sketch.questions:
        try:
            sound.append((each.key, _QUESTION.validate_python(dict(each.written))))
        except ValidationError as error:
            problems += _problems_in(error, each.key)
    if not sketch.questions:
        problems.append(Problem("", ("questions",), "asks nothing yet; add a question"))
    survey = _survey(sketch, [question for _, question in sound], problems)
    if survey is not None:
        between = problems_between(survey)
        problems += [Problem(sound[place][0], _field_of(said), said) for place, said in between]
    return Reading(survey, {q.code: key for key, q in sound}, tuple(problems))


def _survey(sketch: Sketch, sound: list[AnyQuestion], problems: list[Problem]) -> Survey | None:
    """Return the survey of what is sound, under a stand-in heading when its own is not."""
    try:
        return Survey.model_validate({**sketch.heading, "questions": tuple(sound)})
    except ValidationError as error:
        found = _problems_in(error, "")
        problems += [each for each in found if each.field[:1] != ("questions",)]
    if not sound:
        return None
    title = sketch.title or "No title yet"
    return Survey(code="draft", title=title, about=_STAND_IN, questions=tuple(sound))


def _problems_in(error: ValidationError, key: str) -> Iterator[Problem]:
    """Give each cause; that a list is too short is said only when nothing in it is wrong."""
    faults = error.errors()
    paths = [fault["loc"] for fault in faults]
    for fault in faults:
        path = fault["loc"]
        if any(other[: len(path)] == path and other != path for other in paths):
            continue
        # What a question is to be is a tag in the path, and no field that anybody fills in.
        yield Problem(key, path[1:] if key else path, cure_for(fault))


def _field_of(said: str) -> tuple[str | int, ...]:
    return ("ask_if",) if said.startswith("ask_if") else ("code",)
