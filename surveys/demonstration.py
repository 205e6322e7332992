"""Answers to show the service with: made from published counts and printed words, never from forms.

The same file always gives the same answers, so that a page made from them can be checked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pydantic import Field

from surveys.answers import Answer, read_answer
from surveys.definition import LIBRARY, DefinitionError, read_text_file, read_yaml
from surveys.engine import Survey
from surveys.questions import AnyQuestion, Definition, OneOf, Several

DEMONSTRATIONS = LIBRARY / "demonstration"


class Quote(Definition):
    """Words printed in a paper; `id` is the paper quote's own mark."""

    id: str
    words: str = Field(min_length=1)


class Texts(Definition):
    """Quotes that answer a question, each by a different person who gave the answers in `given`."""

    question: str
    given: dict[str, str] = Field(default_factory=dict)
    quotes: tuple[Quote, ...]


class Figure(Definition):
    """What a paper prints: so many of `base` people chose one of `options`.

    `percent` is a whole number as printed, or None when only the count is.
    """

    question: str
    options: tuple[str, ...] = Field(min_length=1)
    count: int
    base: int
    percent: int | None = None
    printed: str


class Channels(Definition):
    """How many responses came in through each channel."""

    web: int = 0
    telegram: int = 0
    web_chat: int = 0
    paper: int = 0


class Wave(Definition):
    """One time that the survey was run.

    `days` is how long it was open; `invited` is None when the paper does not say.
    `everybody_else` is the option taken by whoever was dealt no other.
    """

    label: str
    period: str
    responses: int = Field(ge=1)
    invited: int | None = None
    days: int = Field(ge=1)
    channels: Channels
    figures: tuple[Figure, ...] = ()
    notes: tuple[str, ...] = ()
    counts: dict[str, dict[str, int]] = Field(default_factory=dict)
    everybody_else: dict[str, str] = Field(default_factory=dict)
    spread_evenly: tuple[str, ...] = ()
    texts: tuple[Texts, ...] = ()


class Demonstration(Definition):
    """Answers to one survey, wave by wave, newest first; `statement` says what they are."""

    survey: str
    statement: str = Field(min_length=1)
    waves: tuple[Wave, ...] = Field(min_length=1)

    def wave(self, label: str | None = None) -> Wave:
        """Return the wave with this label; the newest, without one.

        Raises:
            DefinitionError: if there is no wave with this label.
        """
        if label is None:
            return self.waves[0]
        for wave in self.waves:
            if wave.label == label:
                return wave
        raise DefinitionError(self.survey, [f"has no demonstration wave {label}"])


@dataclass(frozen=True, slots=True)
class DemonstrationResponse:
    """What one person who never was answered, `day` days after the consultation opened."""

    answers: Mapping[str, Answer]
    channel: str
    day: int


def demonstration_codes() -> list[str]:
    """Return the codes of the surveys that have demonstration answers, sorted."""
    return sorted(path.stem for path in DEMONSTRATIONS.glob("*.yaml"))


def read_demonstration(code: str) -> Demonstration:
    """Return what the demonstration answers to the survey with this code are made from.

    Raises:
        DefinitionError: if there are none.
    """
    if code not in demonstration_codes():
        raise DefinitionError(code, ["has no demonstration answers"])
    text = read_text_file(DEMONSTRATIONS / f"{code}.yaml")
    return Demonstration.model_validate(read_yaml(text, name=f"{code}.yaml"))


def demonstration_of(survey: Survey, wave: str | None = None) -> tuple[DemonstrationResponse, ...]:
    """Return the demonstration responses to `survey`, in the order in which they came in.

    Of the newest wave, unless `wave` is the label of another.

    Raises:
        DefinitionError: if there are none for this survey or wave.
    """
    return deal_responses(survey, read_demonstration(survey.code).wave(wave))


def deal_responses(survey: Survey, wave: Wave) -> tuple[DemonstrationResponse, ...]:
    """Return the responses of this wave, in the order in which they came in.

    Each holds an answer to every question on its path; a question that the wave says nothing
    about is skipped.

    Raises:
        ValueError: if the wave deals out more than there are people to take it.
        AnswerRefusedError: if it deals out what is no answer to its question.
    """
    dealer = _Dealer(survey, wave)
    everybody = range(wave.responses)
    channels = dealer.in_blocks(everybody, wave.channels.model_dump(), "channel")
    if len(channels) < wave.responses:
        raise ValueError(f"{survey.code}: channels: {len(channels)} for {wave.responses} people")
    return tuple(
        DemonstrationResponse(
            answers=dealer.answers[number],
            channel=channels[number],
            day=place * wave.days // wave.responses,
        )
        for place, number in enumerate(dealer.shuffled(everybody, "day"))
    )


class _Dealer:
    """Deals the answers of one wave out to people who are only numbers."""

    def __init__(self, survey: Survey, wave: Wave) -> None:
        self._wave = wave
        self._seed = f"{survey.code}/{wave.label}"
        self.answers: list[dict[str, Answer]] = [{} for _ in range(wave.responses)]
        for question in survey.questions:
            asked = [n for n, heard in enumerate(self.answers) if question in survey.path(heard)]
            given = self._given_to(question, asked)
            for number in asked:
                answer = read_answer(question, given.get(number, ()))
                self.answers[number][question.code] = answer

    def shuffled(self, numbers: Sequence[int], salt: str) -> list[int]:
        """Return `numbers` in an order that looks like chance and is the same every time."""
        return sorted(
            numbers, key=lambda n: sha256(f"{self._seed}/{salt}/{n}".encode()).hexdigest()
        )

    def in_blocks(
        self, numbers: Sequence[int], counts: Mapping[str, int], salt: str
    ) -> dict[int, str]:
        """Give each value in `counts` to so many of `numbers`, and none of them two.

        Raises:
            ValueError: if the counts add up to more than there are numbers.
        """
        values = [value for value, count in counts.items() for _ in range(count)]
        if len(values) > len(numbers):
            raise ValueError(f"{self._seed}/{salt}: {len(values)} for {len(numbers)} people")
        return dict(zip(self.shuffled(numbers, salt), values, strict=False))

    def _given_to(self, question: AnyQuestion, asked: Sequence[int]) -> dict[int, tuple[str, ...]]:
        given = self._counted(question, asked) | self._worded(question, asked)
        if question.code in self._wave.spread_evenly and isinstance(question, OneOf):
            given = self._spread(question, asked)
        if rest := self._wave.everybody_else.get(question.code):
            given = {number: given.get(number, (rest,)) for number in asked}
        return given

    def _counted(self, question: AnyQuestion, asked: Sequence[int]) -> dict[int, tuple[str, ...]]:
        counts = self._wave.counts.get(question.code, {})
        if not isinstance(question, Several):
            dealt = self.in_blocks(asked, counts, question.code)
            return {number: (value,) for number, value in dealt.items()}
        given: dict[int, tuple[str, ...]] = {}
        for option, count in counts.items():
            for number in self.in_blocks(asked, {option: count}, f"{question.code}/{option}"):
                given[number] = (*given.get(number, ()), option)
        return given

    def _spread(self, question: OneOf, asked: Sequence[int]) -> dict[int, tuple[str, ...]]:
        codes = [option.code for option in question.options]
        order = self.shuffled(asked, question.code)
        return {number: (codes[place % len(codes)],) for place, number in enumerate(order)}

    def _worded(self, question: AnyQuestion, asked: Sequence[int]) -> dict[int, tuple[str, ...]]:
        given: dict[int, tuple[str, ...]] = {}
        for number_of_group, texts in enumerate(self._wave.texts):
            if texts.question != question.code:
                continue
            free = [n for n in asked if n not in given and self._gave(n, texts.given)]
            words = {quote.words: 1 for quote in texts.quotes}
            if len(words) < len(texts.quotes):
                raise ValueError(f"{self._seed}/{question.code}: a quote is there twice")
            dealt = self.in_blocks(free, words, f"{question.code}/{number_of_group}")
            given |= {number: (text,) for number, text in dealt.items()}
        return given

    def _gave(self, number: int, wanted: Mapping[str, str]) -> bool:
        heard = self.answers[number]
        return all(code in heard and heard[code].values == (v,) for code, v in wanted.items())
