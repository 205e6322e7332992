"""A survey as a form to print and fill in by hand: the same questions under the same numbers."""

import re
from dataclasses import dataclass
from datetime import datetime

from surveys.catalogue import in_language, say
from surveys.choosing import how_to_measure
from surveys.engine import Survey
from surveys.measures import Grid, Pair, Percent, Ranking
from surveys.numbering import numbers_on_paper
from surveys.piping import unfilled
from surveys.postcodes import Postcode
from surveys.questions import (
    AnyQuestion,
    CardSort,
    FreeText,
    OneOf,
    Several,
)
from surveys.statements import Consent, Information
from surveys.translations import direction
from voice.clock import in_london, moment_in_words
from voice.reports.paper_routing import go_to, only_if

LINES_FOR_WORDS = 7
TICK_ONE = "Tick one box."
TICK_EACH = "Tick one box in each row."
TICK_ALL = "Tick all that apply."
TICK_TO_AGREE = "Tick the box if you agree."
CODE = "Your code, if you have one and want to use it"
MEETING = (
    "Code of your meeting: {code}. By it we write down that you told us something. It is not kept "
    "with what you write."
)
KEPT_APART = "You can leave this out. It is added up apart from your other answers."
NOT_WITHOUT = "Tick the box if you agree. If you do not agree, please do not send this form."
SAFETY = (
    "We do not ask who you are. Please do not write your name or anybody else’s. If you tell us "
    "that someone is in danger we will try to get help. In an emergency ring 999. Children can "
    "ring Childline free on 0800 1111."
)
SEND_BACK = "Send it back before {moment}."
_LEFT_TO_RIGHT, _AS_BEFORE = "\u2066", "\u2069"  # so that a code is not turned round in Urdu
_TICK_ALONE = "If you tick ‘{label}’, tick nothing else."


@dataclass(frozen=True, slots=True)
class PaperOption:
    """One box to tick, and whether a line for words stands beside it."""

    label: str
    has_line: bool


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One question as it is printed. `lines` is how many empty lines follow for writing."""

    number: str  # empty for words that ask nothing
    text: str
    section: str  # empty where the section goes on
    only_if: str  # for whom this and what follows is; empty where nothing changes
    intro: str
    notes: tuple[str, ...]  # how to answer
    options: tuple[PaperOption, ...]
    rows: tuple[str, ...]  # of a table, with a box in each of its columns
    columns: tuple[str, ...]
    blanks: tuple[str, ...]  # what stands before each short line for a per cent
    lines: int
    go_to: tuple[str, ...]  # where to go on, by what was answered

    @property
    def is_routed_in_english(self) -> bool:
        """Whether for whom it is stands there in English, whatever the form's language."""
        return self.only_if.startswith("Answer question")

    @property
    def heading(self) -> str:
        """Return the text after its number, if it has one."""
        return f"{self.number}. {self.text}" if self.number else self.text


@dataclass(frozen=True, slots=True)
class PaperForm:
    """Everything that is printed, in its order."""

    title: str
    council: str
    about: tuple[str, ...]
    closes: str
    send_to: str
    demonstration: str
    questions: tuple[PaperQuestion, ...]
    thanks: str
    language: str
    code: str = ""  # stands before a line for the personal code; empty where there is none
    meeting: str = ""  # the code of the child's link before a conference, if it is theirs
    printed_as: str = ""  # in which way and language, for whoever types it in; empty where but one

    @property
    def direction(self) -> str:
        """In which direction it is written: "ltr" or "rtl"."""
        return direction(self.language)

    @property
    def safety(self) -> str:
        """What everybody is told before they write, in the form's language."""
        return say(self.language, SAFETY)

    @property
    def meeting_words(self) -> str:
        """What is printed of the meeting that it belongs to, in its language; empty without one."""
        code = (
            f"{_LEFT_TO_RIGHT}{self.meeting}{_AS_BEFORE}"
            if self.direction == "rtl"
            else self.meeting
        )
        return say(self.language, MEETING, code=code) if self.meeting else ""

    @property
    def heading(self) -> str:
        """What stands over questions that have no heading of their own, in its language."""
        return say(self.language, "Questions")

    @property
    def demonstration_words(self) -> tuple[tuple[str, str], ...]:
        """Each sentence that says that it is a demonstration, with its language; our own first."""
        if not self.demonstration:
            return ()
        told = ("Demonstration.", *re.split(r"(?<=\.) ", self.demonstration.strip()))
        said = ((in_language(each, self.language), each) for each in told)
        return tuple((words, "en" if words == each else self.language) for words, each in said)

    @property
    def send_back(self) -> str:
        """Until when it is taken, in the form's language."""
        return say(self.language, SEND_BACK, moment=self.closes)


def paper_form(
    survey: Survey, *, council: str, closes_at: datetime, demonstration: str = ""
) -> PaperForm:
    """Return the form of this survey, to be sent back before `closes_at`."""
    about = survey.about
    return PaperForm(
        title=survey.title,
        council=council,
        about=(about.what, about.why, about.who_for, about.what_happens, about.who_reads),
        closes=_moment(closes_at, survey.language),
        send_to=about.paper,
        demonstration=demonstration,
        questions=tuple(
            _question(survey, place, unfilled(question))
            for place, question in enumerate(survey.questions)
        ),
        thanks=about.thanks,
        language=survey.language,
        code=in_language(CODE, survey.language) if survey.joins is not None else "",
    )


def _moment(moment: datetime, language: str) -> str:
    """Return a moment in words where the form is English, and in figures elsewhere."""
    return moment_in_words(moment) if language == "en" else f"{in_london(moment):%d.%m.%Y %H:%M}"


def _question(survey: Survey, place: int, question: AnyQuestion) -> PaperQuestion:
    before = survey.questions[place - 1].section if place else ""
    options = question.options if isinstance(question, OneOf) else ()
    rows, columns = _table(question)
    options = options[:1] if isinstance(question, Consent) else options  # one box: I agree
    return PaperQuestion(
        number=numbers_on_paper(survey).get(question.code, ""),
        text=question.text,
        section=question.section if question.section != before else "",
        only_if=only_if(survey, place),
        intro=question.intro,
        notes=tuple(
            note
            for note in (
                *_ours(survey, _apart(question)),
                *_told(question),
                question.hint,
                *_ours(survey, _notes(question)),
            )
            if note
        ),
        options=tuple(PaperOption(each.label, each.specify) for each in options),
        rows=rows,
        columns=columns,
        blanks=_blanks(question),
        lines=_lines(question),
        go_to=go_to(survey, place),
    )


def _ours(survey: Survey, notes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(in_language(note, survey.language) for note in notes)


def _table(question: AnyQuestion) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what stands beside and above the boxes of a question that is printed as a table."""
    match question:
        case CardSort(cards=cards, piles=piles):
            return tuple(each.label for each in cards), tuple(each.label for each in piles)
        case Grid(rows=rows, columns=columns):
            return tuple(each.label for each in rows), tuple(each.label for each in columns)
        case _:
            return (), ()


def _apart(question: AnyQuestion) -> tuple[str, ...]:
    return (KEPT_APART,) if question.equality else ()


def _told(question: AnyQuestion) -> tuple[str, ...]:
    if isinstance(question, Postcode) and question.told:
        return (question.told,)
    return question.paragraphs if isinstance(question, Information | Consent) else ()


def _blanks(question: AnyQuestion) -> tuple[str, ...]:
    match question:
        case Pair(labels=labels):
            return tuple(labels.values())
        case Percent():
            return ("",)
        case _:
            return ()


def _notes(question: AnyQuestion) -> tuple[str, ...]:
    """Return how to answer: in the words that the paper prints, or else in ours."""
    match question:
        case Several(options=options):
            alone = (_TICK_ALONE.format(label=each.label) for each in options if each.exclusive)
            return (question.printed_note or TICK_ALL, *alone)
        case Consent():
            return (question.printed_note or (NOT_WITHOUT if question.required else TICK_TO_AGREE),)
        case Percent() | Pair() | Ranking():
            return (question.printed_note or how_to_measure(question),)
        case OneOf():
            return (question.printed_note or TICK_ONE,)
        case CardSort() | Grid():
            return (question.printed_note or TICK_EACH,)
        case _:
            return (question.printed_note,)


def _lines(question: AnyQuestion) -> int:
    match question:
        case OneOf() | CardSort() | Information() | Grid() | Percent() | Pair():
            return 0
        case FreeText():
            return LINES_FOR_WORDS
        case _:
            return 1
