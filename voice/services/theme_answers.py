"""The answers behind themes: whose words may be read, and how they are shown.

A response that raised an alert is set apart: it is in no theme, no count and no quote (SAF-8).
One for which help was shown, but which no person is asked to read, is counted and never quoted:
leaving it out of the themes as well would silence those who speak of hard things.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voice.analysis import identity
from voice.analysis.safeguarding import Tier
from voice.analysis.suppression import PUBLIC_SMALLEST_COUNT
from voice.models import AnswerRow, Concern, Consultation, Response
from voice.services.results import counting_in

LONGEST_QUOTE_CHARS = 320
SAME_WORDS = 6  # so many words in a row of somebody's answer are a quote, marked or not


def responses_set_apart(session: Session, consultation: Consultation) -> set[UUID]:
    """Return the responses that raised an alert, so that a person is to read them."""
    found = select(Concern.response_id).where(
        Concern.consultation_id == consultation.id,
        Concern.response_id.is_not(None),
        Concern.tier == Tier.ALERT.value,
    )
    return {each for each in session.scalars(found) if each is not None}


def answer_rows(session: Session, consultation: Consultation, code: str) -> dict[UUID, AnswerRow]:
    """Return the answers to a question that were sent in and count, by response, none empty.

    Responses set apart are among them; see `readable_words`.
    """
    found = session.scalars(
        select(AnswerRow)
        .join(Response, Response.id == AnswerRow.response_id)
        .where(counting_in(consultation), AnswerRow.question == code, AnswerRow.is_on_path)
    )
    return {row.response_id: row for row in found if row.values}


def readable_words(session: Session, consultation: Consultation, code: str) -> dict[UUID, str]:
    """Return the words that themes may be found in: those of no response set apart (SAF-8)."""
    apart = responses_set_apart(session, consultation)
    rows = answer_rows(session, consultation, code)
    return {one: row.values[0] for one, row in rows.items() if one not in apart}


def every_words(session: Session, consultation: Consultation, code: str) -> list[str]:
    """Return what everybody wrote, concerns and answers never sent in among them.

    Only to make sure that none of it is published.
    """
    found = (
        select(AnswerRow.values)
        .join(Response, Response.id == AnswerRow.response_id)
        .where(Response.consultation_id == consultation.id, AnswerRow.question == code)
    )
    return [values[0] for values in session.scalars(found) if values]


def holds_a_quote(texts: Iterable[str], answers: Iterable[str]) -> bool:
    """Return whether `texts` hold six words in a row of what somebody wrote, marked or not."""
    return bool(quotes_in(texts, answers))


def quotes_in(texts: Iterable[str], answers: Iterable[str]) -> set[str]:
    """Return those of `texts` that hold six words in a row of what somebody wrote."""
    said: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for text in texts:
        for run in _runs(text):
            said[run].add(text)
    written = (run for answer in answers if said for run in _runs(answer))
    return {text for run in written if run in said for text in said[run]}


def is_long_enough_to_quote(text: str) -> bool:
    """Return whether `text` has as many words as make a quote."""
    return bool(_runs(text))


def removed_in_words(count: int) -> str:
    """Return how many were removed for safeguarding as anybody may read it: small counts hidden."""
    if 0 < count < PUBLIC_SMALLEST_COUNT:
        return f"fewer than {PUBLIC_SMALLEST_COUNT}"
    return str(count)


def masked(words: str, *, name_as: str = "") -> str:
    """Return `words` with what could tell who somebody is replaced, such as by [name].

    Names by `name_as`, where the survey says what people are to be called.
    """
    return identity.mask(words, identity.find_spans(words), name_as=name_as)


def quotable(words: str, *, name_as: str = "") -> str:
    """Return `words` as a quote for officers: masked, and short enough to read at a glance."""
    plain = masked(words.strip(), name_as=name_as)
    if len(plain) <= LONGEST_QUOTE_CHARS:
        return plain
    return plain[:LONGEST_QUOTE_CHARS].rsplit(" ", 1)[0] + " …"


def _runs(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return [tuple(words[at : at + SAME_WORDS]) for at in range(len(words) - SAME_WORDS + 1)]
