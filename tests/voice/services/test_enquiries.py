"""What must be answered, on both stores: found, held back, released, published, forgotten."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select, update

from tests.conftest import COUNCIL, NOON, SECRET
from tests.factories import make_consultation, make_response
from tests.rows.following import DUE, list_planned, open_course, plan
from tests.voice.themed import make_officer
from tests.voice.web.visitor import counted_statements
from voice.config import Settings
from voice.errors import ChangedMeanwhileError, NotFoundError, TooManySentError
from voice.models import (
    AuditEntry,
    ChildView,
    Concern,
    Conference,
    Delegate,
    Enquiry,
    Response,
    Role,
)
from voice.services import (
    committees,
    conferences,
    due,
    enquiries,
    false_alarms,
    follow_ups,
    forgetting,
    invitees,
    public_questions,
    requests,
    throttling,
    worker_accounts,
)
from voice.services.conferences import Planned, Standing
from voice.services.enquiries import Change
from voice.services.invitees import Person
from voice.services.public_questions import Asked
from voice.services.throttling import Sender

YEAR, SECOND = timedelta(days=365), timedelta(seconds=1)
DANGER = "My dad hits me every night"


class TestAQuestion:
    def test_is_found_by_its_team_alone(self, asked):
        session, _, officer = asked("When do you meet?")

        assert len(enquiries.list_waiting(session, officer)) == 1
        assert enquiries.list_waiting(session, make_officer(session, team="roads")) == []

    def test_is_listed_up_to_a_limit_and_counted(self, asked):
        """However many wait, the desk's page reads no more than it shows."""
        session, found, officer = asked("When do you meet?")
        sent = {"kind": found.kind, "team": found.team, "words": "Why?"}
        days = {"received_at": NOON, "answer_by": found.answer_by}
        session.add_all(Enquiry(reference=str(each), **sent, **days) for each in range(3))
        session.flush()

        assert len(enquiries.list_waiting(session, officer, limit=2)) == 2
        assert enquiries.count_waiting(session, officer) == 4

    def test_is_held_while_an_alert_is_not_released(self, asked):
        session, found, officer = asked(DANGER)
        assert enquiries.list_waiting(session, officer) == []
        assert enquiries.count_held(session, officer) == 1
        with pytest.raises(NotFoundError):
            enquiries.get(session, officer, found.id)

        enquiries.release(session, found, make_officer(session, role=Role.SAFEGUARDING), now=NOON)

        assert enquiries.get(session, officer, found.id) is found
        assert enquiries.count_held(session, officer) == 0

    def test_is_published_by_committee_and_day_and_swept(self, asked):
        session, found, officer = asked("When do you meet?")
        by = NOON.date()
        enquiries.assign(session, found, _change(found, officer), responder="Chair", by=by)
        enquiries.keep_reply(session, found, _change(found, officer), "On 5 July.")
        change = _change(found, officer)
        public_questions.publish(session, found, change, words="When?", with_name=False)
        public_questions.sweep(session, now=NOON + timedelta(days=31))
        session.expire_all()

        ((day, (published,)),) = public_questions.list_published(session)[0].days
        assert (day, published.published_words) == (NOON.date(), "When?")
        assert (published.name, published.reply_to_sealed) == ("", None)

    @pytest.mark.parametrize("public", [True, False])
    def test_has_its_words_for_a_year_after_the_reply(self, asked, public):
        """PRI-7: day 365 keeps them, day 366 does not; what is public stays."""
        session, found, officer = asked("When do you meet?")
        _press(session, found, _change(found, officer), "assign")
        _press(session, found, _change(found, officer), "reply")
        if public:
            _press(session, found, _change(found, officer), "publish")
        kept = []
        for days in (365, 366):
            public_questions.sweep(session, now=NOON + timedelta(days=days))
            session.refresh(found)
            kept.append((found.words, found.reply, found.published_words))

        shown = ("On 5 July.", "When?") if public else ("", "")
        assert kept[0][:2] == ("When do you meet?", "On 5 July.")
        assert kept[1] == ("", *shown)

    def test_is_changed_by_one_officer_at_a_time(self, asked):
        session, found, officer = asked("When do you meet?")
        change, by = _change(found, officer), NOON.date()
        enquiries.assign(session, found, change, responder="Chair", by=by)

        with pytest.raises(ChangedMeanwhileError):
            enquiries.assign(session, found, change, responder="Clerk", by=by)

    @pytest.mark.parametrize("step", ["assign", "reply", "publish", "withdraw"])
    def test_says_that_it_was_changed_in_the_meantime(self, asked, step):
        """REL-14: whoever presses second is told so, also if the first had not yet been seen."""
        session, found, officer = asked("When do you meet?")
        change = _change(found, officer)
        newer = update(Enquiry).values(edition=Enquiry.edition + 1)
        session.execute(newer, execution_options={"synchronize_session": False})

        with pytest.raises(ChangedMeanwhileError):
            _press(session, found, change, step)

    def test_leaves_no_words_in_the_audit_trail(self, asked):
        session, found, officer = asked("When do you meet?")
        enquiries.note_look(session, officer, found, now=NOON)

        entries = session.query(AuditEntry).all()
        assert any(each.action == "enquiry viewed" for each in entries)
        assert not any("meet" in f"{each.action} {each.subject}" for each in entries)

    @pytest.mark.parametrize(
        ("received", "by"),
        [
            pytest.param(date(2026, 6, 1), date(2026, 6, 15), id="two weeks"),
            pytest.param(date(2026, 12, 23), date(2027, 1, 11), id="over Christmas"),
        ],
    )
    def test_is_to_be_answered_in_ten_working_days(self, received, by):
        assert enquiries.answer_by(received) == by


class TestWhatIsDue:
    def test_is_made_once_on_either_store(self, store, settings):
        open_course(store)
        plan(store, came=12, size=3)
        for _ in range(2):
            with store.writing() as session:
                due.make_due(session, settings, now=DUE)

        (follow_up,) = list_planned(store)
        assert follow_ups.count_delegates(follow_up).asked == 3

    def test_is_made_whatever_else_fails(self, database, settings):
        open_course(database)
        plan(database, came=3, size=3)
        plan(database, came=2, size=2)
        with database.engine.begin() as connection:
            connection.exec_driver_sql(
                "CREATE TRIGGER broken BEFORE UPDATE ON follow_up WHEN NEW.sample_size = 3 "
                "BEGIN SELECT RAISE(ABORT, 'broken'); END"
            )
        due.make_each_due(database, settings, now=DUE)

        asked = {one.sample_size: follow_ups.count_delegates(one) for one in list_planned(database)}
        assert (asked[2].asked, asked[3].asked) == (2, 0)


class TestForgetting:
    """PRI-7: names and addresses go a year after the day, on either store."""

    def test_of_those_who_came(self, store):
        open_course(store)
        plan(store, came=3, size=2)
        (before,) = list_planned(store)
        names = []
        for days in (365, 366):
            with store.writing() as session:
                moment = datetime.combine(before.due_on, time(12), UTC) + timedelta(days=days)
                forgetting.sweep(session, now=moment)
                names.append({each.name for each in session.scalars(select(Delegate))})

        assert forgetting.FORGOTTEN not in names[0]
        assert names[1] == {forgetting.FORGOTTEN}

    def test_of_a_child_at_a_conference(self, store):
        with store.writing() as session:
            consultation, officer = make_consultation(session), make_officer(session)
            planned = [Planned("CP1", NOON.date())]
            conferences.add_conferences(
                session, consultation, officer, planned, secret=SECRET, now=NOON
            )
            (one,) = session.scalars(select(Conference))
            view = {"child_hash": one.child_hash, "given_on": NOON.date()}
            session.add(ChildView(consultation_id=consultation.id, **view))
            session.flush()
            left = []
            for days in (365, 366):
                forgetting.sweep(session, now=NOON + timedelta(days=days))
                left.append([_count(session, each) for each in (Conference, ChildView)])

        assert left == [[1, 1], [0, 0]]

    def test_of_those_invited_by_name_but_not_that_they_replied(self, store):
        with store.writing() as session:
            asked = make_consultation(session)
            asked.named_replies = True
            people = [Person("Ann Other", "ann@example.org"), Person("Bob Other")]
            officer = make_officer(session)
            invitees.add_people(session, asked, officer, people, secret=SECRET, now=NOON)
            ann, _ = invitees.list_invitees(session, asked)
            code = invitees.code_of(ann, secret=SECRET)
            invitees.note_reply(session, code, make_response(session, asked), now=NOON)
            seen = []
            for moment in (asked.closes_at + YEAR, asked.closes_at + YEAR + SECOND):
                forgetting.sweep(session, now=moment)
                session.expire_all()
                listed = invitees.list_invitees(session, asked)
                seen.append({(each.name, each.reach) for each in listed})
            replied = [each.replied_on is not None for each in listed]
            whose = invitees.references_by_invitee(session, asked)

        assert ("Ann Other", "ann@example.org") in seen[0]
        assert seen[1] == {(forgetting.FORGOTTEN, "")}
        assert (sorted(replied), whose) == ([False, True], {})

    @pytest.mark.parametrize(
        ("words", "is_answered", "left"),
        [
            pytest.param("When do you meet?", False, [1, 0], id="nobody answered"),
            pytest.param("When do you meet?", True, [1, 1], id="answered"),
            pytest.param(DANGER, False, [1, 1], id="an alert is not decided"),
        ],
    )
    def test_of_a_question_that_waited(self, asked, words, is_answered, left):
        session, found, _ = asked(words)
        if is_answered:
            found.answered_at = NOON
        session.flush()
        counts = []
        for moment in (NOON + YEAR, NOON + YEAR + SECOND):
            forgetting.sweep(session, now=moment)
            counts.append(_count(session, Enquiry))

        assert counts == left
        gone = [each.action for each in session.query(AuditEntry).all()]
        assert ("enquiry deleted unanswered" in gone) is (left[-1] == 0)

    def test_of_a_request_that_waited(self, session):
        asked = make_consultation(session, survey="what_kids_need")
        response = make_response(session, asked)
        session.add(requests._opened(response, "wish", "A club", now=NOON))
        session.flush()

        forgetting.sweep(session, now=NOON + YEAR + SECOND)

        assert _count(session, Enquiry) == 0
        assert _count(session, Response) == 1


def _count(session, kind):
    return session.scalar(select(func.count()).select_from(kind))


class TestCounting:
    def test_holds_what_one_browser_sends_to_its_limit(self, store):
        sender, refused = Sender("a browser", "203.0.113.9"), 0
        with store.writing() as session:
            for _ in range(throttling.MAX_OF_BROWSER + 2):
                try:
                    throttling.count(session, sender, "question", secret=SECRET, now=NOON)
                except TooManySentError:
                    refused += 1

        assert refused == 2

    def test_tells_false_alarms_from_other_decisions(self, asked):
        session, found, officer = asked(DANGER)
        (concern,) = session.scalars(select(Concern))
        counts = []
        for is_false_alarm in (True, False):
            decided = false_alarms.Decision("Read", is_false_alarm=is_false_alarm)
            false_alarms.decide(session, concern, officer, decided, now=NOON)
            counts.append(false_alarms.count_decided(session))

        assert counts == [(1, 1), (1, 0)]
        assert found.released_at == NOON

    def test_knows_a_worker_again_in_another_consultation(self, store):
        with store.writing() as session:
            asked = [make_consultation(session, slug=slug) for slug in ("one", "two")]
            for each in (*asked, asked[0]):
                worker_accounts.note(session, each, "SW 1", secret=SECRET)
            worker_accounts.note(session, asked[1], "SW 2", secret=SECRET)
            counts = [worker_accounts.count_accounts(session, some) for some in (asked, asked[:1])]

        assert counts == [2, 1]

    def test_notes_a_worker_without_looking_first(self, store):
        """Two requests at once look at the same moment: only the store can say which is first."""
        with store.writing() as session:
            asked = make_consultation(session)
            worker_accounts.note(session, asked, "SW 1", secret=SECRET)
            with counted_statements(store) as statements:
                worker_accounts.note(session, asked, "SW 1", secret=SECRET)

        assert len(statements) == 1
        assert "ON CONFLICT" in statements[0]


class TestAConference:
    def test_is_listed_on_either_store(self, store):
        with store.writing() as session:
            consultation, officer = make_consultation(session), make_officer(session)
            planned = [Planned("CP1", NOON.date())]
            for _ in range(2):
                conferences.add_conferences(
                    session, consultation, officer, planned, secret=SECRET, now=NOON
                )
            (line,) = conferences.list_conferences(session, consultation, secret=SECRET, now=NOON)

        assert (line.reference, line.standing) == ("CP1", Standing.MISSING)


def _press(session, found, change, step):
    match step:
        case "assign":
            enquiries.assign(session, found, change, responder="Chair", by=NOON.date())
        case "reply":
            enquiries.keep_reply(session, found, change, "On 5 July.")
        case "publish":
            public_questions.publish(session, found, change, words="When?", with_name=False)
        case "withdraw":
            public_questions.withdraw(session, found, change)


def _change(found, officer):
    return Change(officer, found.edition, NOON)


@pytest.fixture
def settings(tmp_path):
    council = COUNCIL.model_copy(update={"address": "https://voice.example"})
    return Settings(tmp_path, "", SECRET, council)


@pytest.fixture
def asked(store, settings):
    """Somebody asked a committee something, in a session that is kept open."""
    with store.writing() as session:

        def ask(words):
            officer = make_officer(session)
            committee = committees.add(session, officer, "A committee", now=NOON)
            given = Asked(words, "Ann", reply_to="ann@example.org")
            code = public_questions.ask(
                session, settings, committee, given, press_key="one", now=NOON
            )
            return session, public_questions.get_by_code(session, code), officer

        yield ask
