"""Word clouds: an officer opens one for a room, leaves words out, and closes it again.

The words are those of the hub: masked, and of nobody who raised a concern (SAF-8).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from voice.analysis.cloud import MOST_WORDS, count_words
from voice.analysis.suppression import (
    HIDDEN,
    LOWEST_THRESHOLD,
    PUBLIC_SMALLEST_COUNT,
    publish_count,
    show_officers,
)
from voice.errors import ChangedMeanwhileError, NotFoundError
from voice.models import AnswerRow, Consultation, HubEntry, Officer, Response, WordCloud
from voice.services import audit, keys, officers, outcomes, themes
from voice.services.hub_asking import may_be_read

MAX_WORD_CHARS = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A word, how large it is drawn, and how many people say it as it may be told."""

    text: str
    weight: int
    people: str


@dataclass(frozen=True, slots=True)
class Cloud:
    """What a cloud shows, most people first. `answers`: of how many people, as it may be told."""

    question: str
    words: tuple[Shown, ...]
    answers: str
    left_out: tuple[str, ...]
    has_outcome: bool

    @property
    def weighed(self) -> tuple[tuple[str, int], ...]:
        """The words with how large each is drawn."""
        return tuple((each.text, each.weight) for each in self.words)


def find_cloud(session: Session, consultation: Consultation, code: str) -> WordCloud | None:
    """Return the cloud of a question, or None while nobody has begun one."""
    found = select(WordCloud).where(
        WordCloud.consultation_id == consultation.id, WordCloud.question == code
    )
    return session.scalars(found).one_or_none()


def get_open(session: Session, cloud_code: str) -> WordCloud:
    """Return the open cloud at this address.

    Raises:
        NotFoundError: if there is none, or it is closed.
    """
    found = select(WordCloud).where(WordCloud.code == cloud_code, WordCloud.opened_at.is_not(None))
    cloud = session.scalars(found.options(joinedload(WordCloud.consultation))).one_or_none()
    if cloud is None:
        raise NotFoundError("cloud")
    return cloud


def open_cloud(
    session: Session, consultation: Consultation, code: str, officer: Officer, *, now: datetime
) -> WordCloud:
    """Let anybody with its address see the cloud of a question; one that is open stays so.

    Raises:
        NotAllowedError: if the officer may not publish.
        NotFoundError: if the consultation asks no such question in people's own words.
    """
    officers.check_may_publish(officer)
    cloud = _take_up(session, consultation, code, officer)
    if cloud.opened_at is None:
        cloud.opened_at = now
        audit.record(session, officer, "word cloud opened", cloud.id, now=now)
    return cloud


def close_cloud(
    session: Session, consultation: Consultation, code: str, officer: Officer, *, now: datetime
) -> None:
    """Show the cloud to nobody outside any more; it can be opened again at the same address.

    Raises:
        NotAllowedError: if the officer may not publish.
    """
    officers.check_may_publish(officer)
    cloud = _take_up(session, consultation, code, officer)
    if cloud.opened_at is not None:
        cloud.opened_at = None
        audit.record(session, officer, "word cloud closed", cloud.id, now=now)


def leave_out(
    session: Session,
    consultation: Consultation,
    code: str,
    word: str,
    *,
    officer: Officer,
    now: datetime,
) -> None:
    """Leave a word out, in any of its forms; said again, it comes back.

    Raises:
        NotAllowedError: if the officer may only read.
    """
    cloud, word = _take_up(session, consultation, code, officer), word.strip().casefold()
    if not word or len(word) > MAX_WORD_CHARS:
        return
    is_back = word in cloud.hidden
    cloud.hidden = sorted(set(cloud.hidden) ^ {word})
    action = "word brought back to a cloud" if is_back else "word left out of a cloud"
    audit.record(session, officer, action, cloud.id, now=now)


def read_for_public(session: Session, cloud: WordCloud) -> Cloud:
    """Return what a room may see: no word of fewer people than the public may be told of."""
    texts = _texts(session, cloud.consultation, cloud.question)
    counted = count_words(texts, hidden=cloud.hidden)
    words = tuple(
        Shown(each.text, int(publish_count(each.people)), publish_count(each.people))
        for each in counted[:MOST_WORDS]
        if each.people >= PUBLIC_SMALLEST_COUNT
    )
    answers = publish_count(len(texts))
    said = f"fewer than {PUBLIC_SMALLEST_COUNT}" if answers == HIDDEN else f"about {answers}"
    question = themes.get_question(cloud.consultation, cloud.question).plain_text
    has_outcome = _has_outcome(session, cloud.consultation)
    return Cloud(question, words, said, tuple(cloud.hidden), has_outcome)


def note_taken(
    session: Session, consultation: Consultation, officer: Officer, *, now: datetime
) -> None:
    """Write down that the officer took a cloud away."""
    audit.record(session, officer, "word cloud downloaded", consultation.id, now=now)


def read_for_officers(session: Session, consultation: Consultation, code: str) -> Cloud:
    """Return what officers see of a question, open or not: fewer people, small numbers kept back.

    Raises:
        NotFoundError: if the consultation asks no such question in people's own words.
    """
    question = themes.get_question(consultation, code).plain_text
    cloud = find_cloud(session, consultation, code)
    hidden = tuple(cloud.hidden) if cloud else ()
    texts = _texts(session, consultation, code)
    words = []
    for each in count_words(texts, hidden=hidden)[:MOST_WORDS]:
        if each.people >= LOWEST_THRESHOLD:
            told = show_officers(each.people, len(texts)).text
            is_few = told == HIDDEN
            words.append(
                Shown(each.text, 1 if is_few else each.people, "fewer than 5" if is_few else told)
            )
    has_outcome = _has_outcome(session, consultation)
    return Cloud(question, tuple(words), str(len(texts)), hidden, has_outcome)


def _has_outcome(session: Session, consultation: Consultation) -> bool:
    return bool(outcomes.list_of_consultation(session, consultation))


def _texts(session: Session, consultation: Consultation, code: str) -> list[str]:
    """Return what each person says, who may have answered more than once.

    Answers that were joined by a personal code are of one person: each side of a family's code is
    somebody else.
    """
    found = (
        select(Response.respondent, Response.joined_hash, Response.side, HubEntry.words)
        .join(AnswerRow, AnswerRow.id == HubEntry.answer_id)
        .join(Response, Response.id == HubEntry.response_id)
        .where(may_be_read([consultation.id]), HubEntry.question == code)
        .order_by(HubEntry.answer_id)
    )
    rows = session.execute(found).all()
    joined = {person: (code, side) for person, code, side, _ in rows if code}
    said: defaultdict[object, list[str]] = defaultdict(list)
    for person, _, _, words in rows:
        said[joined.get(person, person)].append(words)
    return ["\n".join(each) for each in said.values()]


def _take_up(
    session: Session, consultation: Consultation, code: str, officer: Officer
) -> WordCloud:
    officers.check_may_change(officer)
    themes.get_question(consultation, code)
    cloud = find_cloud(session, consultation, code)
    if cloud is None:
        cloud = WordCloud(
            consultation_id=consultation.id,
            question=code,
            code=keys.new_typed_code(),
            hidden=[],
            opened_at=None,
        )
        try:
            with session.begin_nested():
                session.add(cloud)
        except IntegrityError as error:  # somebody else began one at the very same time
            raise ChangedMeanwhileError(code) from error
    return cloud
