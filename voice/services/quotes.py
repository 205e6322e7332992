"""Quotes of a theme: permitted, without a concern, without a telling detail, and varied.

The analysis proposes; whoever signs the theme off swaps one for the next with a press.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys.engine import Survey
from surveys.questions import AnyQuestion, Consent, OneOf, Option
from surveys.statements import AGREES
from voice.analysis.details import could_tell_who
from voice.analysis.stance import Stance, stance_of
from voice.analysis.suppression import OFFICERS_WARNING_BELOW
from voice.errors import ChangedMeanwhileError
from voice.models import AnswerRow, Consultation, Officer, Response, SetAsideQuote, Theme
from voice.services import audit, officers, results, theme_answers
from voice.services.consultations import current_survey
from voice.services.theme_behind import Behind

MAX_QUOTES = 3
MOST_LOOKED_AT = 60
PEOPLE_OF_A_USUAL_WORD = OFFICERS_WARNING_BELOW
MOST_ALIKE = 0.7  # of the words that either of two quotes has, so many may be in both

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ASKS_TO_QUOTE = re.compile(r"\bquot(?:e|ed|es|ing)\b|\buse (?:your|my) words\b", re.IGNORECASE)
_ASKS_ROLE = re.compile(
    r"\b(?:are you (?:a|an|the|responding)|i am|role|describes you|your (?:job|connection))\b",
    re.IGNORECASE,
)
_ASKS_AGE = re.compile(r"\bhow old\b|\byour age\b|\bage group\b|\byear group\b", re.IGNORECASE)
_ROLE_CODES = frozenset({"role", "who", "respondent", "i_am"})
_AGE_CODES = frozenset({"age", "age_group", "year_group"})


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, masked, and who they are as far as that tells nobody apart, or ""."""

    response: UUID
    words: str
    who: str


@dataclass(frozen=True, slots=True)
class Quoting:
    """Who may be quoted, and under which label, in one question."""

    refused: Set[UUID]  # who was asked and did not permit it, and whoever raised a concern
    aside: Mapping[UUID, Set[UUID]]  # theme -> responses that an officer swapped
    labels: Mapping[UUID, str]
    usual: frozenset[str] = frozenset()  # words that people enough wrote to tell nobody apart

    @classmethod
    def read(cls, session: Session, consultation: Consultation, behind: Behind) -> "Quoting":
        """Return it for the people that stand behind the themes of a question."""
        survey = current_survey(consultation)
        themes = select(Theme.id).where(Theme.consultation_id == consultation.id)
        rows = session.scalars(select(SetAsideQuote).where(SetAsideQuote.theme_id.in_(themes)))
        aside: defaultdict[UUID, set[UUID]] = defaultdict(set)
        for row in rows:
            aside[row.theme_id].add(row.response_id)
        answered = _Answered(session, consultation)
        return cls(
            refused=_refused(survey, answered, behind) | behind.unquotable,
            aside=aside,
            labels=_labels(survey, answered, behind),
            usual=_usual_words(row.values[0] for row in behind.readable.values()),
        )

    def choose(self, parts: Sequence[Theme], behind: Behind) -> tuple[Quote, ...]:
        """Return up to three quotes of a theme: those proposed first, then the strongest."""
        aside = set().union(*(self.aside.get(part.id, ()) for part in parts))
        best = sorted(
            (one for part in parts for one in behind.quotes.get(part.id, ())), reverse=True
        )
        in_order = dict.fromkeys(response for _, _, response in best)
        free = [one for one in in_order if one not in aside and one not in self.refused]
        usual = [word for part in parts for word in (*part.words, part.label)]
        chosen: list[Quote] = []
        for one in free[:MOST_LOOKED_AT]:
            words = self.words_of(one, behind, usual=usual)
            if not words or any(_alike(words, each.words) for each in chosen):
                continue
            chosen.append(Quote(one, words, self.labels.get(one, "")))
            if len(chosen) == MAX_QUOTES:
                break
        return tuple(chosen)

    def words_of(self, one: UUID, behind: Behind, *, usual: Iterable[str] = ()) -> str:
        """Return what somebody wrote as a quote, masked; "" where it may not be quoted.

        `usual` are words that tell nobody apart, beside those that many people wrote. Whatever
        shows the words of one person asks here.
        """
        if one in self.refused or one not in behind.readable:
            return ""
        words = theme_answers.quotable(behind.readable[one].values[0], name_as=behind.name_as)
        return "" if could_tell_who(words, usual=(*self.usual, *usual)) else words


def _usual_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words, in small letters, that at least `PEOPLE_OF_A_USUAL_WORD` people wrote."""
    wrote = Counter(word for text in texts for word in set(_WORD.findall(text.casefold())))
    return frozenset(word for word, people in wrote.items() if people >= PEOPLE_OF_A_USUAL_WORD)


def swap(
    session: Session,
    theme: Theme,
    response_id: UUID,
    officer: Officer,
    *,
    shown: Iterable[Quote],
    now: datetime,
) -> None:
    """Set one of the quotes `shown` of a theme aside, so that the next takes its place.

    Raises:
        NotAllowedError: if the officer may only read.
        ChangedMeanwhileError: if it is not quoted, as when somebody else swapped it.
    """
    officers.check_may_change(officer)
    if response_id not in {quote.response for quote in shown}:
        raise ChangedMeanwhileError("quote")
    session.add(
        SetAsideQuote(
            theme_id=theme.id, response_id=response_id, officer_id=officer.id, set_aside_at=now
        )
    )
    audit.record(session, officer, "quote swapped", theme.id, now=now)
    session.flush()


def bring_back(session: Session, theme: Theme, officer: Officer, *, now: datetime) -> None:
    """Quote a theme again as it was before anybody swapped anything.

    Raises:
        NotAllowedError: if the officer may only read.
    """
    officers.check_may_change(officer)
    session.execute(
        delete(SetAsideQuote)
        .where(SetAsideQuote.theme_id == theme.id)
        .execution_options(synchronize_session=False)
    )
    audit.record(session, officer, "quotes brought back", theme.id, now=now)


class _Answered:
    """What people chose in closed questions, read when it is asked for."""

    def __init__(self, session: Session, consultation: Consultation) -> None:
        self._session = session
        self._consultation = consultation

    def options(self, question: OneOf) -> dict[UUID, Option]:
        """Return the option that each response chose."""
        rows = self._session.execute(
            select(AnswerRow.response_id, AnswerRow.values)
            .join(Response, Response.id == AnswerRow.response_id)
            .where(
                results.counting_in(self._consultation),
                AnswerRow.question == question.code,
                AnswerRow.is_on_path,
            )
        )
        chosen = {response: question.option(values[0]) for response, values in rows if values}
        return {response: option for response, option in chosen.items() if option}

    def labels(self, question: OneOf | None) -> dict[UUID, str]:
        """Return what the option that each response chose is called."""
        chosen = self.options(question) if question else {}
        return {response: option.label for response, option in chosen.items()}


def _refused(survey: Survey, answered: _Answered, behind: Behind) -> Set[UUID]:
    """Return who may not be quoted: everybody who did not say yes, where the survey asks it."""
    asked = [
        question
        for question in survey.questions
        if isinstance(question, OneOf) and _ASKS_TO_QUOTE.search(question.plain_text)
    ]
    if not asked:
        return frozenset()
    given = answered.options(asked[0])
    allowed = {one for one, option in given.items() if _says_yes(option)}
    return behind.people - allowed


def _says_yes(option: Option) -> bool:
    return option.code == AGREES or stance_of(option.label) is Stance.FOR


def _labels(survey: Survey, answered: _Answered, behind: Behind) -> dict[UUID, str]:
    """Return "Parent, 14 to 15" for each person, or as much of it as enough others share."""
    roles = answered.labels(_find(survey.questions, _ROLE_CODES, _ASKS_ROLE))
    ages = answered.labels(_find(survey.questions, _AGE_CODES, _ASKS_AGE))
    told: dict[UUID, tuple[str, ...]] = {}
    for one in behind.people:
        each = (roles.get(one, ""), ages.get(one, ""))
        told[one] = tuple(dict.fromkeys((", ".join(filter(None, each)), *each)))
    counts = Counter(label for labels in told.values() for label in labels if label)
    return {
        one: next((each for each in labels if counts[each] >= OFFICERS_WARNING_BELOW), "")
        for one, labels in told.items()
    }


def _find(
    questions: Iterable[AnyQuestion], codes: frozenset[str], words: re.Pattern[str]
) -> OneOf | None:
    asked = [
        each for each in questions if isinstance(each, OneOf) and not isinstance(each, Consent)
    ]
    named = [each for each in asked if each.code in codes]
    worded = [each for each in asked if words.search(each.plain_text)]
    return next(iter((*named, *worded)), None)


def _alike(one: str, other: str) -> bool:
    mine, theirs = set(one.casefold().split()), set(other.casefold().split())
    return len(mine & theirs) > MOST_ALIKE * len(mine | theirs)
