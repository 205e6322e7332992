"""E-mails about concerns: to the right people in time, once, without a word of what was said."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.conftest import COUNCIL, NOON
from tests.factories import PASSPHRASE, make_consultation, make_response
from tests.voice.mailed import send_due_letters
from voice.analysis.safeguarding import Tier
from voice.config import Helpline, Safety
from voice.models import Channel, Concern, ConcernEntry, Role
from voice.services import (
    concern_board,
    concern_record,
    concerns,
    escalating,
    false_alarms,
    mail,
    suppressions,
)
from voice.services.concerns import Heard
from voice.services.officers import NewOfficer, add_officer

WORDS = "My dad hits me every night and I am scared to go home"
STAFF_WORDS = "One of the staff at my home pinned me down and twisted my arm"
SAFETY = Safety(
    lead="lead@council.example",
    deputy="deputy@council.example",
    duty="duty@council.example",
    lado="lado@council.example",
)


@pytest.fixture
def told(settings):
    """The settings of a council that names everybody."""
    council = COUNCIL.model_copy(update={"safety": SAFETY, "address": "https://voice.example"})
    return replace(settings, council=council, mail_server="smtp://mail.example")


@pytest.fixture
def officer(database):
    with database.writing() as session:
        new = NewOfficer("sg@council.example", PASSPHRASE, Role.SAFEGUARDING, "families")
        return add_officer(session, new, now=NOON)


def hear(database, words=WORDS, *, demonstration="", now=NOON):
    with database.writing() as session:
        consultation = make_consultation(session, slug=f"s-{now:%H%M}", demonstration=demonstration)
        response = make_response(session, consultation)
        heard = Heard(consultation.id, Channel.WEB, words, "important", response.id)
        return concerns.screen_words(session, heard, now=now).id


def look(database, settings, *, minutes):
    """What the worker does, so many minutes after the words; the letters that leave then."""
    at = NOON + timedelta(minutes=minutes)
    with database.writing() as session:
        escalating.send_due(session, settings, now=at)
    return [
        (each.to, each.subject, each.text) for each in send_due_letters(database, settings, at=at)
    ]


def steps_of(database, concern_id):
    with database.reading() as session:
        concern = session.get(Concern, concern_id)
        return [entry.step for entry, _ in concern_record.list_entries(session, concern)]


class TestAConcernThatNobodyReads:
    def test_is_told_to_the_lead_the_deputy_and_the_duty_team_in_turn(self, database, told):
        """SAF-6."""
        concern_id = hear(database)

        reached = [
            [to for to, _, _ in look(database, told, minutes=at)] for at in (0, 14, 15, 60, 61)
        ]

        assert reached == [
            ["lead@council.example"],
            [],
            ["deputy@council.example"],
            ["duty@council.example"],
            [],
        ]
        assert steps_of(database, concern_id) == [
            "told the lead",
            "told the deputy",
            "told the duty team",
        ]

    def test_is_told_without_a_word_of_what_was_said(self, database, told):
        hear(database)

        [(_, subject, words)] = look(database, told, minutes=0)

        assert subject == "Voice: 1 concern waits"
        assert "https://voice.example/officers/concerns" in words
        assert not {"dad", "hits", "scared", "abuse"} & set(words.lower().split())

    def test_is_told_all_the_same_after_mail_and_worker_were_away(self, database, told):
        """1,000 concerns, none of them lost, and one e-mail for each who is told."""
        concern_id = hear(database)
        with database.writing() as session:
            first = session.get(Concern, concern_id)
            fields = {c.key: getattr(first, c.key) for c in Concern.__table__.columns}
            for number in range(999):
                one = fields | {"id": None, "words": f"{WORDS} {number}"}
                session.add(Concern(**{key: value for key, value in one.items() if key != "id"}))

        letters = look(database, told, minutes=90)

        assert sorted(to for to, _, _ in letters) == [
            "deputy@council.example",
            "duty@council.example",
            "lead@council.example",
        ]
        assert all("1,000 concerns wait" in words for _, _, words in letters)
        with database.reading() as session:
            assert session.query(ConcernEntry).count() == 3_000

    def test_waits_in_the_outbox_while_the_mail_server_is_dead(self, database, told):
        hear(database)
        with database.writing() as session:
            escalating.send_due(session, told, now=NOON)

        def dead(letter, reference):
            raise OSError

        assert mail.send_next(database, told, dead, now=NOON)
        later = NOON + timedelta(minutes=10)
        assert [each.to for each in send_due_letters(database, told, at=later)] == [
            "lead@council.example"
        ]

    @pytest.mark.parametrize("is_before", [True, False])
    def test_is_told_to_whoever_must_not_be_asked_anything_else(
        self, database, told, officer, is_before
    ):
        hear(database)
        if is_before:
            suppress_lead(database, told, officer)
        with database.writing() as session:
            escalating.send_due(session, told, now=NOON)
        if not is_before:
            suppress_lead(database, told, officer)

        left = send_due_letters(database, told, at=NOON)

        assert [each.to for each in left] == ["lead@council.example"]

    def test_is_told_as_soon_as_somebody_is_named(self, database, told):
        hear(database)
        nobody = replace(told, council=told.council.model_copy(update={"safety": Safety()}))

        assert look(database, nobody, minutes=0) == []
        assert len(look(database, told, minutes=1)) == 1

    def test_is_told_as_soon_as_there_is_a_mail_server(self, database, told):
        concern_id = hear(database)

        assert look(database, replace(told, mail_server=""), minutes=0) == []
        assert steps_of(database, concern_id) == []
        assert len(look(database, told, minutes=1)) == 1

    def test_says_in_every_record_and_on_the_board_that_an_e_mail_was_refused(
        self, database, told, caplog
    ):
        heard = [hear(database), hear(database, now=NOON + timedelta(seconds=60))]
        at = NOON + timedelta(minutes=2)

        def refuse(letter, reference):
            raise mail.AddressRefusedError

        with database.writing() as session:
            escalating.send_due(session, told, now=at)
        assert mail.send_next(database, told, refuse, now=at)

        for each in heard:
            assert steps_of(database, each) == ["told the lead", "the e-mail was refused"]
        with database.reading() as session:
            assert concern_board.read_board(session, told, now=at).refused == 2
        assert "e-mail about a concern refused" in caplog.text

    def test_of_a_demonstration_is_told_to_nobody(self, database, told):
        hear(database, demonstration="Made up")

        assert look(database, told, minutes=90) == []


def suppress_lead(database, settings, officer):
    with database.writing() as session:
        suppressions.suppress(
            session, officer, SAFETY.lead, reason="Asked", secret=settings.secret_key, now=NOON
        )


class TestAConcernAboutStaff:
    def test_goes_to_the_lado_who_reads_nothing_of_it(self, database, told):
        """SAF-13."""
        hear(database, STAFF_WORDS)

        letters = {to: words for to, _, words in look(database, told, minutes=0)}

        assert set(letters) == {"lead@council.example", "lado@council.example"}
        assert "pinned" not in letters["lado@council.example"]
        assert "lead@council.example" in letters["lado@council.example"]

    @pytest.mark.parametrize(
        ("words", "is_about_staff"),
        [
            (STAFF_WORDS, True),
            ("My teacher hits me", True),
            ("my carer grabs my hair and locks me in my room", True),
            ("the taxi driver touches my leg every day", True),
            ("i told my teacher that my dad hits me", False),
            (WORDS, False),
        ],
    )
    def test_is_known_by_who_does_what(self, database, words, is_about_staff):
        """Placement-staff rows."""
        concern_id = hear(database, words)

        with database.reading() as session:
            assert session.get(Concern, concern_id).is_about_staff is is_about_staff

    def test_can_be_marked_by_whoever_reads_it(self, database, told, officer):
        concern_id = hear(database)
        with database.writing() as session:
            concern = session.get(Concern, concern_id)
            concern_record.mark_about_staff(
                session, concern, officer, is_about_staff=True, now=NOON
            )

        assert "lado@council.example" in [to for to, _, _ in look(database, told, minutes=0)]

    def test_goes_to_the_lado_after_the_decision_too_and_once(self, database, told, officer):
        """SAF-13."""
        concern_id = hear(database)
        look(database, told, minutes=0)
        decide_and_mark(database, officer, concern_id)

        assert [to for to, _, _ in look(database, told, minutes=5)] == ["lado@council.example"]
        assert look(database, told, minutes=3 * 24 * 60) == []

    def test_goes_to_the_lado_alone_if_it_is_no_alert(self, database, told, officer):
        """SAF-13."""
        concern_id = hear(database)
        with database.writing() as session:
            session.get(Concern, concern_id).tier = Tier.SUPPORT.value
            concern = session.get(Concern, concern_id)
            concern_record.mark_about_staff(
                session, concern, officer, is_about_staff=True, now=NOON
            )

        assert [to for to, _, _ in look(database, told, minutes=90)] == ["lado@council.example"]


def decide_and_mark(database, officer, concern_id):
    with database.writing() as session:
        concern = session.get(Concern, concern_id)
        decided = false_alarms.Decision("Referred at 14:10", referral="FR-123")
        false_alarms.decide(session, concern, officer, decided, now=NOON)
        concern_record.mark_about_staff(session, concern, officer, is_about_staff=True, now=NOON)


class TestAConcernThatSomebodyDecides:
    def test_is_told_to_nobody_after_the_decision(self, database, told, officer):
        concern_id = hear(database)
        with database.writing() as session:
            concern = session.get(Concern, concern_id)
            decided = false_alarms.Decision("Referred at 14:10", referral="FR-123")
            false_alarms.decide(session, concern, officer, decided, now=NOON)

        assert look(database, told, minutes=3 * 24 * 60) == []

    def test_keeps_every_decision_in_its_record(self, database, officer):
        concern_id = hear(database)
        for words in ("Referred", "Closed with First Response"):
            with database.writing() as session:
                concern = session.get(Concern, concern_id)
                decided = false_alarms.Decision(words, referral="FR-1")
                false_alarms.decide(session, concern, officer, decided, now=NOON)

        with database.reading() as session:
            concern = session.get(Concern, concern_id)
            kept = [(e.words, name) for e, name in concern_record.list_entries(session, concern)]
        assert kept == [
            ("Referred\nReferral: FR-1", officer.name),
            ("Closed with First Response\nReferral: FR-1", officer.name),
        ]


class TestTheRecord:
    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE concern_entry SET words = 'nothing'",
            "DELETE FROM concern_entry",
            "UPDATE concern SET words = 'nothing'",
        ],
    )
    def test_is_changed_and_deleted_by_nobody(self, store, settings, change):
        """SAF-7, on both stores."""
        concern_id = hear(store)
        with store.writing() as session:
            concern = session.get(Concern, concern_id)
            concern_record.note(session, concern, "decided", officer=None, now=NOON)

        with pytest.raises(DBAPIError, match="only added to"), store.writing() as session:
            session.execute(text(change))


class TestTheBoard:
    def test_says_how_many_are_open_and_how_old(self, database, told):
        for minutes in (0, 20, 50):
            hear(database, now=NOON + timedelta(minutes=minutes))

        with database.reading() as session:
            at = NOON + timedelta(minutes=65)
            board = concern_board.read_board(session, told, now=at)

        assert (board.undecided, board.oldest_at, board.unread) == (3, NOON, 3)
        assert (board.unread_past_deputy, board.unread_past_duty) == (3, 1)
        assert board.past_working_day == 0

    @pytest.mark.parametrize(
        ("checked_on", "is_overdue"),
        [("", True), ("2026-03-02", True), ("2026-03-03", False), ("2026-06-01", False)],
    )
    def test_names_the_helplines_that_nobody_checked_for_90_days(
        self, settings, checked_on, is_overdue
    ):
        line = Helpline(name="Ours", number="01632 960001", last_checked_on=checked_on)
        council = COUNCIL.model_copy(update={"own_helplines": (line,)})

        found = concern_board.list_unchecked(replace(settings, council=council), now=NOON)

        assert bool(found) is is_overdue

    def test_says_whom_the_council_must_still_name(self, settings, told):
        assert "the LADO" in concern_board.list_missing(settings)
        assert concern_board.list_missing(told) == []
        assert concern_board.list_missing(replace(told, mail_server="")) == ["a mail server"]


def test_a_concern_is_given_only_to_somebody_who_may_read_it(database, officer):
    concern_id = hear(database)
    with database.writing() as session:
        concern = session.get(Concern, concern_id)
        concern_record.assign(session, concern, officer, officer.email, now=NOON)

    with database.reading() as session:
        concern = session.scalars(select(Concern)).one()
        assert (concern.assigned_to, concern.acknowledged_at) == (officer.id, NOON)
    assert steps_of(database, concern_id) == ["assigned"]
