"""A survey and the way through it.

The path is worked out from the answers each time and never stored.
"""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from surveys.answers import Answer
from surveys.conditions import is_met
from surveys.joining import Joins, Side, Wall, fault_in_sides
from surveys.once import once_for_each
from surveys.postcodes import Postcode
from surveys.questions import CODE_PATTERN, AnyQuestion, Definition
from surveys.statements import Consent
from surveys.translations import LANGUAGE_PATTERN, Translation
from surveys.variants import Audience, Presentation, Variant

__all__ = ["Audience"]  # found here by everybody

Answers = Mapping[str, Answer]
MOST_SURVEYS = 512  # in use at a time, each in its ways and languages
CONSENT = "consent"  # the kind of question that may end it all


class About(Definition):
    """What the start page says, so that people can decide whether to take part."""

    what: str
    why: str
    who_for: str
    minutes: int = Field(ge=1, le=120)
    what_happens: str  # what happens to the answer, and when
    who_reads: str  # who will read it, in plain words
    paper: str = ""  # other ways to answer
    phone: str = ""
    thanks: str = ""  # said on the confirmation page


class Source(Definition):
    """Where the wording comes from; `reconstructed` marks wording that the paper does not print."""

    title: str
    reconstructed: bool = False
    note: str = ""


class Unit(Definition):
    """Who stands behind one response, such as a school: said wherever responses are counted."""

    one: str = "person"
    many: str = "people"

    def count(self, number: int) -> str:
        """Return how many there are, such as "13 schools"."""
        return f"{number} {self.one if number == 1 else self.many}"


class Survey(Definition):
    """A list of questions, with the conditions under which each is asked."""

    code: str = Field(pattern=CODE_PATTERN)
    title: str = Field(min_length=1)
    audience: Audience = Audience.ADULT
    about: About
    source: Source | None = None
    language: str = Field(default="en", pattern=LANGUAGE_PATTERN)  # of every text here
    presentation: Presentation = Presentation.PLAIN
    unit: Unit = Unit()
    service: str = Field(default="", max_length=80)  # that it asks about, such as a team
    name_as: str = Field(default="", max_length=60)  # for a name in a quote: "(the young person)"
    questions: tuple[AnyQuestion, ...] = Field(min_length=1)
    variants: tuple[Variant, ...] = ()  # the first is for whoever chooses none
    translations: tuple[Translation, ...] = ()
    joins: Joins | None = None  # None: there is no code to keep people's answers together
    sides: tuple[Side, ...] = Field(default=(), max_length=6)  # of a family's code
    wall: Wall | None = None  # a survey for victims stands behind theirs, said or not

    @field_validator("unit", mode="before")
    @classmethod
    def _unit_in_a_word(cls, unit: Any) -> Any:
        """Take "school" for one school and many schools."""
        return {"one": unit, "many": f"{unit}s"} if isinstance(unit, str) else unit

    @field_validator("questions")
    @classmethod
    def _equality_last(cls, questions: tuple[AnyQuestion, ...]) -> tuple[AnyQuestion, ...]:
        """Put the questions about who answers last, wherever the file has them."""
        return tuple(sorted(questions, key=lambda question: question.equality))

    @model_validator(mode="after")
    def _on_one_side_of_the_wall(self) -> Self:
        if self.wall not in {None, Wall.VICTIM} and Audience.VICTIM in self._audiences:
            raise ValueError("a survey for victims cannot stand on the other side; remove wall")
        return self

    @model_validator(mode="after")
    def _sides_of_a_family(self) -> Self:
        if fault := fault_in_sides(self.joins, self.sides):
            raise ValueError(fault)
        return self

    @property
    def _audiences(self) -> frozenset[Audience | None]:
        """For whom it is worded, in any of its ways."""
        return frozenset({self.audience, *(variant.audience for variant in self.variants)})

    @property
    def stands_behind(self) -> Wall | None:
        """On which side of the wall between victims and young people its answers stand, if any."""
        return Wall.VICTIM if Audience.VICTIM in self._audiences else self.wall

    @property
    def has_equality(self) -> bool:
        """Whether it asks who people are; those answers are kept apart."""
        return any(question.equality for question in self.questions)

    @property
    def once_sent(self) -> "Survey":
        """The survey as it can still be answered once the answers are in."""
        return _once_sent(self)

    @property
    def is_for_children(self) -> bool:
        """Whether it may open only while the council's helplines are filled in (SAF-2)."""
        return Audience.YOUNG in self._audiences

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it can be answered in, English first."""
        codes = {self.language, *(each.language for each in self.translations)}
        return tuple(sorted(codes, key=lambda code: (code != "en", code)))

    @property
    def privacy_register(self) -> tuple[str, ...]:
        """What this survey keeps beyond the usual, each with its reason, for all who answer."""
        return _kept_beyond_usual(self.questions)

    def service_of(self, question: AnyQuestion) -> str:
        """Return the service that a question asks about; empty if the survey names none."""
        return question.service or self.service

    def variant(self, code: str) -> Variant | None:
        """Return the variant with this code, the first if there is none, None without variants."""
        found = (variant for variant in self.variants if variant.code == code)
        return next(found, next(iter(self.variants), None))

    def translation(self, language: str) -> Translation | None:
        """Return the translation into this language, or None."""
        return next((each for each in self.translations if each.language == language), None)

    def question(self, code: str) -> AnyQuestion | None:
        """Return the question with this code, or None."""
        return _by_code(self.questions).get(code)

    def path(self, answers: Answers) -> tuple[AnyQuestion, ...]:
        """Return the questions that somebody with these answers is asked, in order.

        An answer that is itself off the path opens nothing: changing an early answer closes
        everything that depended on it. Where a required consent is not given, all ends.
        """
        if places_for_all(self.questions) is not None:
            return self.questions
        on_path: list[AnyQuestion] = []
        heard: dict[str, Answer] = {}
        for question in self.questions:
            if question.ask_if is None or is_met(question.ask_if, heard):
                on_path.append(question)
                if question.code in answers:
                    heard[question.code] = answers[question.code]
                if isinstance(question, Consent) and is_declined(question, answers):
                    break
        return tuple(on_path)


@once_for_each(MOST_SURVEYS)
def _once_sent(survey: Survey) -> Survey:
    left = tuple(question for question in survey.questions if not question.equality)
    return survey.model_copy(update={"questions": left})


@once_for_each(MOST_SURVEYS)
def _kept_beyond_usual(questions: tuple[AnyQuestion, ...]) -> tuple[str, ...]:
    kept = (each for each in questions if isinstance(each, Postcode))
    return tuple(each.reason for each in kept if each.reason)


@once_for_each(MOST_SURVEYS)
def _by_code(questions: tuple[AnyQuestion, ...]) -> Mapping[str, AnyQuestion]:
    return {question.code: question for question in reversed(questions)}


@once_for_each(MOST_SURVEYS)
def places_for_all(questions: tuple[AnyQuestion, ...]) -> Mapping[str, int] | None:
    """Return the number of each question if everybody is asked them all; None if it depends."""
    if any(each.ask_if is not None or isinstance(each, Consent) for each in questions):
        return None
    codes = [question.code for question in questions if question.takes_answer]
    return {code: place for place, code in enumerate(codes, start=1)}


def is_declined(question: AnyQuestion, answers: Answers) -> bool:
    """Return whether this is a required consent that was not given, so that nothing is kept."""
    if question.kind != CONSENT or question.code not in answers:
        return False
    return isinstance(question, Consent) and question.is_declined(answers[question.code].values)


def next_question(survey: Survey, answers: Answers) -> AnyQuestion | None:
    """Return the first question on the path that has no answer, or None at the end.

    A changed answer can lengthen the path again, so None now is not None for ever.
    """
    for question in survey.path(answers):
        if question.code not in answers:
            return question
    return None


def question_before(survey: Survey, answers: Answers, code: str) -> AnyQuestion | None:
    """Return the question asked before this one, or None at the first or off the path."""
    path = survey.path(answers)
    codes = [question.code for question in path]
    if code not in codes or codes.index(code) == 0:
        return None
    return path[codes.index(code) - 1]


def on_path_only(survey: Survey, answers: Answers) -> dict[str, Answer]:
    """Return the answers that count: those to questions on the path, in its order."""
    return {q.code: answers[q.code] for q in survey.path(answers) if q.code in answers}


def declined_on_path(survey: Survey, answers: Answers) -> bool:
    """Return whether a required consent on the path was not given, so that nothing may be kept."""
    consents = [each for each in survey.path(answers) if each.kind == CONSENT]
    return any(is_declined(each, answers) for each in consents)
