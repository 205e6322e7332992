"""Timers of chats: each kind at its moment, each guard, and once whatever happens."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import object_session

from surveys.turns import Start, Tap
from tests.voice.services.chatting import NOON
from tests.voice.services.timed import CLOSES, DAY, NEXT, NO, YES, Timed, at
from tests.voice.themed import make_officer
from voice.models import (
    AuditEntry,
    Channel,
    Chat,
    ChatTimer,
    ChatWish,
    Delivery,
    DeliveryKind,
    Participant,
    TimerKind,
)
from voice.services import (
    chat_reminders,
    chat_schedules,
    chat_timers,
    deliveries,
    due,
    invitees,
    reminders,
    suppressions,
    timer_layout,
)
from voice.services.consultations import find_by_slug

FIXED = (NOON + 3 * DAY).date()
HAPPENED = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)


@pytest.fixture
def timed(database, tmp_path):
    return Timed(database, tmp_path)


def labels(message):
    return [button.label for row in message.rows for button in row]


class TestEachKind:
    def test_a_fixed_date_writes_on_that_day_alone(self, timed):
        timed.plan()
        timed.stopped().press(YES)

        assert timed.looks(at(FIXED - DAY)) == []
        (said,) = timed.looks(at(FIXED))
        assert said.text.startswith("You said we may write.")
        assert labels(said) == ["Carry on", "No more messages", "Get help now"]

    def test_days_before_the_close(self, timed):
        timed.plan(TimerKind.DAYS_BEFORE, number=5)
        timed.stopped().press(YES)

        assert timed.looks(at(CLOSES - 6 * DAY)) == []
        assert "closes soon" in timed.looks(at(CLOSES - 5 * DAY))[0].text

    def test_working_days_before_the_close(self, timed):
        timed.plan(TimerKind.DAYS_BEFORE, number=5, working=True)
        timed.stopped().press(YES)

        assert timed.looks(at(CLOSES - 8 * DAY)) == []
        assert len(timed.looks(at(CLOSES - 7 * DAY))) == 1

    def test_days_before_their_own_review_and_not_before_the_close(self, timed):
        timed.plan(TimerKind.DAYS_BEFORE, number=5)
        timed.stopped(payload=timed.invite(review_on=date(2026, 12, 18))).press(YES)

        assert "Your meeting is soon." in timed.looks(at(date(2026, 12, 13)))[0].text
        assert len(timed.looks(at(CLOSES - 5 * DAY))) == 1

    def test_five_weeks_before_their_review_and_once_before_it_shuts(self, timed):
        timed.plan(TimerKind.WINDOW, number=5)
        timed.stopped(payload=timed.invite(review_on=date(2026, 12, 31))).press(YES)

        (opening,) = timed.looks(at(date(2026, 11, 26)))
        *_, shutting = timed.looks(at(date(2026, 12, 24)))
        assert "from today" in opening.text
        assert "one week left" in shutting.text
        assert len(timed.looks(at(date(2027, 1, 8)))) == 2  # nothing once it has shut

    def test_a_window_that_is_open_already_does_not_say_that_it_opens(self, timed):
        timed.plan(TimerKind.WINDOW, number=5)
        timed.stopped(payload=timed.invite(review_on=date(2026, 12, 11))).press(YES)

        assert "one week left" in timed.looks(at(date(2026, 12, 4)))[0].text

    def test_the_clock_writes_a_day_before_the_72_hours_are_over(self, timed):
        timed.plan(TimerKind.CLOCK)
        timed.stopped(payload=timed.invite(happened_at=HAPPENED)).press(YES)

        assert timed.looks(HAPPENED + timedelta(hours=47)) == []
        assert "We are here" in timed.looks(HAPPENED + timedelta(hours=48))[0].text

    def test_three_months_after_their_own_answer_asks_the_next(self, timed):
        timed.plan(TimerKind.THREE_MONTHS_ON)
        person = timed.finished()
        person.press(YES)

        assert timed.looks(at(date(2027, 2, 19))) == []
        (said,) = timed.looks(at(date(2027, 2, 20)))
        assert labels(said) == ["Answer now", "No more messages", "Get help now"]
        person.now = at(date(2027, 2, 20), 12)
        assert "Is that OK?" in person.on(Tap(said.rows[0][0].token))
        assert person.received.chat.consultation.slug == NEXT

    @pytest.mark.parametrize(
        ("channel", "way"),
        [
            (Channel.SMS, f"To answer, reply: START {NEXT}"),
            (Channel.WEB_CHAT, f"https://voice.example/consultations/{NEXT}"),
        ],
    )
    def test_where_no_button_would_work_the_way_is_said(self, timed, channel, way):
        timed.plan(TimerKind.THREE_MONTHS_ON)
        timed.finished(channel=channel).type("yes")

        assert way in timed.looks(at(date(2027, 2, 20)))[0].text

    def test_says_no_more_than_300_characters_and_how_to_end_it(self, timed):
        for kind in (TimerKind.FIXED_DATE, TimerKind.DAYS_BEFORE, TimerKind.WINDOW):
            timed.plan(kind, **({} if kind is TimerKind.FIXED_DATE else {"number": 5}))
        timed.stopped().press(YES)
        for timer in timed.timers():
            timed.looks(max(timer.due_at, at(FIXED)))

        written = timed.looks(at(CLOSES))
        assert len(written) == 3
        assert all(len(each.text) <= 300 and "send stop" in each.text for each in written)


class TestATimerThatFires:
    """Everything else is as in the first kind above, where it writes."""

    @pytest.fixture
    def fires(self, timed):
        timed.plan()
        timed.plan(TimerKind.DAYS_BEFORE, number=5)

        def fires(change=None, *, moment=None, **who):
            person = timed.stopped(**who)
            person.press(YES)
            if change is not None:
                change(person)
            timed.looks(moment or at(FIXED))
            return timed.outcomes[0]

        return fires

    def test_writes_if_nothing_has_changed(self, fires):
        assert fires() == "sent"

    def test_does_nothing_for_who_did_not_ask(self, timed, fires):
        timed.stopped(address="77").press(NO)

        fires()
        assert len(timed.timers()) == 2  # of the other person alone

    def test_does_nothing_for_who_moved_on(self, fires):
        assert fires(lambda person: person.type("carry on")) == "moved_on"

    def test_does_nothing_for_who_is_in_another_chat(self, fires):
        assert fires(lambda person: person.on(Start(), payload=NEXT)) == "moved_on"

    def test_waits_for_who_went_on_and_stopped_again(self, fires):
        def goes_on(person):
            person.type("carry on")
            person.type("1")
            person.type("/stop")

        assert fires(goes_on) == "sent"

    def test_does_nothing_for_who_has_answered(self, fires):
        def finishes(person):
            person.type("carry on")
            while "last question" not in person.type("/skip"):
                pass

        assert fires(finishes) == "answered"

    def test_does_nothing_after_the_close(self, timed, fires):
        def closes(_):
            timed.change(closes_at=at(FIXED, 10))

        assert fires(closes) == "closed"

    def test_does_nothing_for_who_blocked_us_meanwhile(self, timed, fires):
        def blocks(person):
            with timed.database.writing() as session:
                deliveries.mark_blocked(session, session.merge(person.participant()), now=NOON)

        assert fires(blocks) == "unreachable"

    def test_does_nothing_where_we_do_not_know_how_to_reach_them(self, timed, fires):
        def is_lost(person):
            with timed.database.writing() as session:
                session.merge(person.participant()).address_sealed = None

        assert fires(is_lost) == "unreachable"

    @pytest.mark.parametrize("word", ["42", "A. Child", "a@example.org"])
    def test_does_nothing_for_who_must_not_be_asked(self, timed, fires, word):
        def is_suppressed(_):
            with timed.database.writing() as session:
                officer, secret = make_officer(session), timed.settings.secret_key
                suppressions.suppress(
                    session, officer, word, reason="asked", secret=secret, now=NOON
                )

        code = timed.invite(reach="a@example.org")
        assert fires(is_suppressed, payload=code) == "not_to_be_asked"

    @pytest.mark.parametrize(
        ("standing", "outcome"),
        [
            (invitees.Standing.DECLINED, "declined"),
            (invitees.Standing.REPLIED, "answered"),
        ],
    )
    def test_does_nothing_for_an_invitee_who_told_the_council(
        self, timed, fires, standing, outcome
    ):
        code = timed.invite()

        def tells(_):
            with timed.database.writing() as session:
                found, officer = invitees.find_by_code(session, code), make_officer(session)
                invitees.change_standing(session, found, officer, standing, now=NOON)

        assert fires(tells, payload=code) == outcome

    def test_does_nothing_once_its_day_is_over(self, fires):
        assert fires(moment=at(FIXED + DAY)) == "too_late"

    def test_does_nothing_once_it_is_called_off(self, timed, fires):
        def is_called_off(_):
            with timed.database.writing() as session:
                consultation = find_by_slug(session, "asked")
                first, _ = chat_schedules.list_plans(session, consultation)
                officer, key = make_officer(session), first.schedule.id
                chat_schedules.call_off(session, consultation, officer, key, now=NOON)

        assert fires(is_called_off) == "called_off"

    def test_looks_itself_whether_it_is_called_off(self, timed, fires):
        def is_called_off_meanwhile(_):
            with timed.database.writing() as session:
                first, _ = chat_schedules.list_plans(session, find_by_slug(session, "asked"))
                first.schedule.called_off_at = NOON

        def fires_alone():
            (first, _) = timed.timers()
            with timed.database.writing() as session:
                chat_timers.fire_each(session, timed.settings, [first.id], now=at(FIXED))

        fires(moment=NOON)
        is_called_off_meanwhile(None)
        fires_alone()
        assert timed.outcomes[0] == "called_off"

    def test_does_nothing_for_who_wants_no_more(self, fires):
        assert fires(lambda person: person.type("stop")) == "no_more"

    def test_does_nothing_on_a_day_on_which_another_wrote(self, timed):
        timed.plan()
        timed.plan()
        timed.stopped().press(YES)
        timed.looks(at(FIXED))

        assert sorted(timed.outcomes) == ["enough", "sent"]

    def test_does_nothing_after_three(self, timed):
        for days in (3, 5, 7, 9):
            timed.plan(day=(NOON + days * DAY).date())
        timed.stopped().press(YES)
        for days in (3, 5, 7, 9):
            timed.looks(at((NOON + days * DAY).date()))

        assert timed.outcomes == ["sent", "sent", "sent", "enough"]

    def test_counts_every_message_that_was_written_first(self, timed):
        for days in (3, 6, 9):
            timed.plan(day=(NOON + days * DAY).date())
        timed.settings = replace(timed.settings, mail_server="smtp://127.0.0.1:1")
        person = timed.stopped(payload=timed.invite(reach="a@example.org"))
        person.press("Remind me tomorrow")
        person.press(YES)
        with timed.database.writing() as session:
            reminders.confirm(
                session, timed.settings, find_by_slug(session, "asked"), make_officer(session),
                press_key="one", now=at(FIXED, 9),
            )  # fmt: skip
        for days in range(12):
            due.make_each_due(timed.database, timed.settings, now=at((NOON + days * DAY).date()))

        with timed.database.reading() as session:
            written = select(Delivery).where(Delivery.kind == DeliveryKind.BROADCAST)
            on = [each.due_at.date() for each in session.scalars(written)]
        assert len(on) == len(set(on)) == 3

    def test_puts_off_a_reminder_of_a_day_on_which_another_wrote(self, timed):
        timed.plan(day=(NOON + DAY).date())
        person = timed.stopped()
        person.press("Remind me tomorrow")
        person.press(YES)
        assert len(timed.looks(at((NOON + DAY).date(), 10))) == 1

        for day in (1, 2):
            with timed.database.writing() as session:
                sent = chat_reminders.send_due(
                    session, timed.settings, now=at((NOON + day * DAY).date(), 12)
                )
            assert sent == day - 1

    def test_undoes_no_other_when_it_fails(self, timed, monkeypatch):
        timed.plan()
        for address in ("42", "43"):
            timed.stopped(address=address).press(YES)
        words, failed = chat_timers.timer_words.message_of, []

        def fails_once(firing):
            if not failed:
                failed.append(firing.timer.id)
                raise KeyError("words")
            return words(firing)

        monkeypatch.setattr(chat_timers.timer_words, "message_of", fails_once)
        assert len(timed.looks(at(FIXED))) == 1
        assert sorted(timed.outcomes) == ["sent", "waits"]
        assert len(timed.looks(at(FIXED))) == 2

    def test_that_keeps_failing_is_logged_once_and_counted_as_late(
        self, timed, monkeypatch, caplog
    ):
        timed.plan()
        timed.stopped().press(YES)

        def fails(firing):
            raise KeyError("words")

        monkeypatch.setattr(chat_timers.timer_words, "message_of", fails)
        looks = [at(FIXED) + number * timedelta(minutes=1) for number in range(3)]
        assert [timed.looks(each) for each in looks] == [[], [], []]
        timed.looks(at(FIXED) + timedelta(hours=7))  # after a while it is said again

        assert [each.getMessage() for each in caplog.records].count("timer not fired") == 2
        with timed.database.reading() as session:
            moments = (at(FIXED, 8), at(FIXED, 12), at(FIXED, 22))
            late = [chat_timers.count_late(session, timed.settings, now=each) for each in moments]
        assert late == [0, 1, 0]

    def test_waits_for_nobody_who_answers_again(self, timed):
        timed.plan(TimerKind.THREE_MONTHS_ON)
        person = timed.finished()
        person.press(YES)
        person.type("again")

        assert timed.outcomes == ["moved_on"]

    def test_asks_later_whoever_had_three_before(self, timed):
        for days in (3, 5, 7):
            timed.plan(day=(NOON + days * DAY).date())
        timed.plan(TimerKind.THREE_MONTHS_ON)
        person = timed.stopped()
        person.press(YES)
        for days in (3, 5, 7):
            timed.looks(at((NOON + days * DAY).date()))
        person.now = NOON + 8 * DAY
        person.type("carry on")
        while "last question" not in person.type("/skip"):
            pass
        person.type("no")
        person.press(YES)

        timed.looks(at(date(2027, 3, 1)))
        assert timed.outcomes[-1] == "sent"

    def test_waits_for_the_councils_hours(self, timed):
        timed.plan()
        timed.stopped().press(YES)
        council = timed.settings.council.model_copy(update={"message_hours": (16, 18)})
        timed.settings = replace(timed.settings, council=council)

        assert timed.looks(at(FIXED, 11)) == []
        assert len(timed.looks(at(FIXED, 17))) == 1

    def test_does_not_ask_again_who_has_begun_the_next(self, timed):
        timed.plan(TimerKind.THREE_MONTHS_ON)
        person = timed.finished()
        person.press(YES)
        person.start(NEXT)
        timed.looks(at(date(2027, 2, 20)))

        assert timed.outcomes == ["moved_on"]

    def test_does_not_ask_again_once_the_next_has_closed(self, timed):
        timed.plan(TimerKind.THREE_MONTHS_ON)
        timed.finished().press(YES)
        timed.change(NEXT, closes_at=at(date(2027, 2, 20), 10))
        timed.looks(at(date(2027, 2, 20)))

        assert timed.outcomes == ["closed"]


class TestAGuardAlone:
    """The row itself is looked at, even where nothing has ended the timer before."""

    @pytest.fixture
    def outcome_of(self, timed):
        def outcome_of(change):
            timed.plan()
            timed.stopped().press(YES)
            with timed.database.writing() as session:
                change(session)
            timed.looks(at(FIXED))
            return timed.outcomes

        return outcome_of

    def test_sees_that_they_want_no_more(self, outcome_of):
        assert outcome_of(
            lambda session: session.execute(update(ChatWish).values(wanted=False))
        ) == ["no_more"]

    def test_sees_that_they_blocked_us(self, outcome_of):
        assert outcome_of(
            lambda session: session.execute(update(Participant).values(blocked_at=NOON))
        ) == ["unreachable"]

    def test_sees_that_they_stopped_somewhere_else(self, outcome_of):
        assert outcome_of(
            lambda session: session.execute(update(ChatTimer).values(step=ChatTimer.step - 1))
        ) == ["moved_on"]

    def test_sees_that_the_chat_has_ended(self, outcome_of):
        assert outcome_of(lambda session: session.execute(update(Chat).values(ended_at=NOON))) == [
            "moved_on"
        ]


class TestWhatWaitsToBeSent:
    @pytest.fixture
    def person(self, timed):
        timed.plan()
        person = timed.stopped()
        person.press(YES)
        assert len(timed.looks(at(FIXED))) == 1
        return person

    def test_is_withdrawn_once_they_go_on(self, timed, person):
        person.type("carry on")

        assert timed.looks(at(FIXED, 12)) == []
        assert timed.outcomes == ["moved_on"]

    def test_is_withdrawn_once_they_want_no_more(self, timed, person):
        person.type("stop")

        assert timed.looks(at(FIXED, 12)) == []
        assert timed.outcomes == ["no_more"]

    def test_stays_if_a_sender_has_it_already(self, timed, person):
        with timed.database.writing() as session:
            taken = update(Delivery).where(Delivery.kind == DeliveryKind.BROADCAST)
            session.execute(taken.values(leased_until=at(FIXED, 12)))
        person.type("carry on")

        assert timed.outcomes == ["sent"]


class TestDatesThatMove:
    def test_move_what_has_not_fired(self, timed):
        timed.plan(TimerKind.DAYS_BEFORE, number=5)
        timed.stopped().press(YES)
        timed.change(closes_at=at(CLOSES + 20 * DAY))

        assert timed.looks(at(CLOSES - 5 * DAY)) == []
        assert len(timed.looks(at(CLOSES + 15 * DAY))) == 1

    def test_send_nothing_twice(self, timed):
        timed.plan(TimerKind.DAYS_BEFORE, number=5)
        timed.stopped().press(YES)
        timed.looks(at(CLOSES - 5 * DAY))
        timed.change(closes_at=at(CLOSES + 20 * DAY))

        assert len(timed.looks(at(CLOSES + 15 * DAY))) == 1

    def test_take_what_is_planned_later_to_who_said_yes_before(self, timed):
        timed.plan()
        timed.stopped().press(YES)
        timed.plan(TimerKind.DAYS_BEFORE, number=5, now=NOON + DAY)
        assert timed.outcomes == ["waits"]  # no page waits for it: the worker lays it out

        due.make_each_due(timed.database, timed.settings, now=NOON + DAY)
        assert timed.outcomes == ["waits", "waits"]


class TestTheWorker:
    def test_fires_timers_with_all_else_that_is_due(self, timed):
        timed.plan(TimerKind.DAYS_BEFORE, number=5)
        timed.stopped().press(YES)
        timed.change(closes_at=at(CLOSES - 20 * DAY))

        due.make_each_due(timed.database, timed.settings, now=NOON)
        due.make_each_due(timed.database, timed.settings, now=at(CLOSES - 25 * DAY))

        assert timed.outcomes == ["sent"]


class TestOnEitherStore:
    @pytest.fixture
    def waiting(self, store, tmp_path):
        timed = Timed(store, tmp_path)
        timed.plan()
        timed.stopped().press(YES)
        return timed

    def test_two_presses_at_the_same_moment_plan_once(self, store, tmp_path, monkeypatch):
        timed = Timed(store, tmp_path)
        checks, planned = chat_schedules._check, []

        def check(new, *, now):
            monkeypatch.setattr(chat_schedules, "_check", checks)
            planned.append(press_first(new, now))

        def press_first(new, now):
            session = object_session(new.consultation)
            who = make_officer(session)
            return chat_schedules.plan(session, who, new, press_key="one", now=now)

        monkeypatch.setattr(chat_schedules, "_check", check)
        second = timed.plan(press="one")

        assert [each.id for each in planned] == [second.id]
        with timed.database.reading() as session:
            assert len(chat_schedules.list_plans(session, find_by_slug(session, "asked"))) == 1
            made = AuditEntry.action == "messages in the chat planned"
            assert session.scalar(select(func.count()).select_from(AuditEntry).where(made)) == 1

    def test_two_workers_at_once_fire_it_once(self, store, waiting):
        (timer,) = waiting.timers()
        barrier, sent = threading.Barrier(2), []

        def fire():
            barrier.wait()
            with store.writing() as session:
                sent.append(
                    chat_timers.fire_each(session, waiting.settings, [timer.id], now=at(FIXED))
                )

        workers = [threading.Thread(target=fire) for _ in range(2)]
        for each in workers:
            each.start()
        for each in workers:
            each.join()

        assert sum(sent) == 1
        assert len(waiting.looks(at(FIXED))) == 1

    def test_a_worker_killed_on_the_way_leaves_it_for_the_next(self, store, waiting):
        (timer,) = waiting.timers()

        def is_killed():
            with store.writing() as session:
                chat_timers.fire_each(session, waiting.settings, [timer.id], now=at(FIXED))
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            is_killed()

        assert waiting.outcomes == ["waits"]
        assert len(waiting.looks(at(FIXED))) == 1
        assert len(waiting.looks(at(FIXED, 12))) == 1

    def test_laying_out_twice_changes_nothing(self, store, waiting):
        before = [each.id for each in waiting.timers()]
        with store.writing() as session:
            assert timer_layout.list_changed(session, waiting.settings) == []
            timer_layout.lay_out_each(session, waiting.settings, [waiting.timers()[0].chat_id])

        assert [each.id for each in waiting.timers()] == before
