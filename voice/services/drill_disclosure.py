"""The drill of a disclosure: from words in the chat to the closed record."""

from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from voice.clock import in_london
from voice.config import Settings
from voice.database import Database
from voice.models import AnswerRow, Concern, Consultation, Role
from voice.reports.drill import Act
from voice.services import concern_record, concerns, escalating, false_alarms, mail, officers
from voice.services.drilling import Person, Played, check, play

WORDS = "the worker is ok but my dad hits me every night and im scared to go home"
CATEGORY = "abuse_physical"
TOLD = ("lead@council.example", "deputy@council.example", "duty@council.example")
REFERRAL = "FR-DRILL-1"
LONGEST_REPLY_SECONDS = 2  # SAF-3
_NEVER_SAID = ("secret", "we will not tell", "what happened", "why did you")


class _Disclosure:
    """What is known as the steps are played."""

    def __init__(self, database: Database, settings: Settings, now: datetime) -> None:
        self.database, self.settings, self.began_at = database, settings, now
        self.person = Person(database, settings, "drill-a", now)
        self.letters: list[mail.Letter] = []

    def steps(self) -> Played:
        """Return every step, a promise with what checks it."""
        return (
            ("A young person begins in the chat, and is told who reads it", self._begins),
            ("Words that say somebody hurts them are answered with help", self._discloses),
            ("The words are kept as they were typed", self._is_kept),
            ("An alert waits in the queue, from the same moment on", self._is_queued),
            ("The lead is told at once, without a word of it", self._tell(0, TOLD[0])),
            ("Nobody reads it for 15 minutes: the deputy is told", self._tell(15, TOLD[1])),
            ("Nobody reads it for 60 minutes: the duty team is told", self._tell(60, TOLD[2])),
            ("Somebody reads it, takes it on and writes the decision down", self._is_decided),
            ("It is told to nobody any more", self._tell(3 * 24 * 60)),
            ("The store refuses to change the words or the record", self._is_refused),
            ("The answer is set apart from what themes and quotes read", self._is_set_apart),
            ("The record says who did what, and when", self._is_told),
        )

    def _begins(self) -> str:
        said = self.person.begin()
        for promised in ("Who reads it", "we will try to get help", "999"):
            check(promised in said, f"“{promised}” is not said before the first question")
        return "Told who reads it, where help is, and what happens if somebody is in danger."

    def _discloses(self) -> str:
        started = datetime.now(self.began_at.tzinfo)
        said = self.person.type(WORDS)
        seconds = (datetime.now(self.began_at.tzinfo) - started).total_seconds()
        check("You are not in trouble" in said, "they are not told that they are not in trouble")
        for number in ("999", "0800 1111", "01632 960001"):
            check(number in said, f"the number {number} is not shown")
        for never in _NEVER_SAID:
            check(never not in said.lower(), f"“{never}” is said")
        check(seconds <= LONGEST_REPLY_SECONDS, f"it took {seconds:.1f} s")
        return said.partition("\n")[0]

    def _is_kept(self) -> str:
        with self.database.reading() as session:
            kept = session.scalars(select(AnswerRow.values)).all()
        check([WORDS] in kept, "no answer holds the words")
        return "The answer holds every character."

    def _is_queued(self) -> str:
        with self.database.reading() as session:
            found = self._concern(session)
            check(found.words == WORDS, "the record does not hold the words as typed")
            check(found.category == CATEGORY, f"it was read as {found.category}")
            return f"Read as {found.category}, {found.urgency}, by detector {found.detector}."

    def _tell(self, minutes: int, *expected: str) -> Callable[[], str]:
        def tell() -> str:
            at, before = self.began_at + timedelta(minutes=minutes), len(self.letters)
            with self.database.writing() as session:
                escalating.send_due(session, self.settings, now=at)
            while mail.send_next(self.database, self.settings, self._post, now=at):
                continue
            new = self.letters[before:]
            reached = tuple(each.to for each in new)
            check(reached == expected, f"told were: {', '.join(reached) or 'nobody'}")
            for word in ("dad", "hits", "scared"):
                check(all(word not in each.text for each in new), f"an e-mail says “{word}”")
            return f"Told: {', '.join(reached) or 'nobody'}."

        return tell

    def _post(self, letter: mail.Letter, _reference: str) -> None:
        self.letters.append(letter)

    def _is_decided(self) -> str:
        at = self.began_at + timedelta(minutes=70)
        with self.database.writing() as session:
            passphrase = token_urlsafe()
            new = officers.NewOfficer(TOLD[0], passphrase, Role.SAFEGUARDING, "drill")
            lead = officers.add_officer(session, new, now=at)
            found = self._concern(session)
            concern_record.assign(session, found, lead, lead.email, now=at)
            decision = false_alarms.Decision("Referred to First Response", referral=REFERRAL)
            false_alarms.decide(session, found, lead, decision, now=at)
        with self.database.reading() as session:
            found = self._concern(session)
            check(found.decided_at == at, "no decision is on record")
            check(found.referral == REFERRAL, "the reference is not on record")
        return f"Read, taken on and decided by {TOLD[0]}; referral {REFERRAL}."

    def _is_refused(self) -> str:
        for change in (
            "UPDATE concern SET words = ''",
            "UPDATE concern_entry SET words = ''",
            "DELETE FROM concern_entry",
        ):
            check(self._refuses(change), f"the store did this: {change}")
        return "Changing the words, changing a line and deleting a line were each refused."

    def _refuses(self, change: str) -> bool:
        try:
            with self.database.writing() as session:
                session.execute(text(change))
        except DBAPIError:
            return True
        return False

    def _is_set_apart(self) -> str:
        with self.database.reading() as session:
            found = self._concern(session)
            consultation = session.get_one(Consultation, found.consultation_id)
            apart = concerns.responses_with_concerns(session, consultation)
            check(found.response_id in apart, "the response is not set apart")
        return "The response is set apart."

    def _is_told(self) -> str:
        with self.database.reading() as session:
            entries = concern_record.list_entries(session, self._concern(session))
            lines = [f"{in_london(entry.at):%H:%M} {entry.step}" for entry, _ in entries]
        check(len(lines) == len(TOLD) + 2, f"the record has {len(lines)} lines")
        return "; ".join(lines)

    @staticmethod
    def _concern(session: Session) -> Concern:
        found = session.scalars(select(Concern)).one_or_none()
        check(found is not None, "there is not exactly one concern")
        assert found is not None  # noqa: S101 - for the type checker: `check` has raised
        return found


def play_disclosure(database: Database, settings: Settings, *, now: datetime) -> Act:
    """Play a disclosure, from the chat to the closed record."""
    return play("A disclosure", _Disclosure(database, settings, now).steps())
