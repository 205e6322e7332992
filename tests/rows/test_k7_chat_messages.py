"""K7 in the chat: fixed dates, days before a review, a window, 72 hours, three months on."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from surveys.catalogue import say
from surveys.writing_first import ON_THE_DAY
from tests.bot.sms.conftest import by_notify, client, notify, sender, texter
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.rows.test_a13_named_invitees import PAGE as NAMES
from tests.rows.test_a13_named_invitees import SLUG, add, consultation, reply, stored
from tests.voice.themed import make_officer
from tests.voice.web.doors import officer
from tests.voice.web.visitor import Visitor
from voice.clock import current_time
from voice.models import ChatSchedule, ChatTimer, ChatWish, Invitee, TimerKind
from voice.services import chat_schedules, due, invitees
from voice.services.chat_schedules import Plan
from voice.services.consultations import find_by_slug
from voice.services.invitees import Person
from voice.web.officers.moment_fields import DAY_PARTS

__all__ = [
    "add", "by_notify", "client", "consultation", "notify", "officer", "reply", "sender",
    "stored", "texter",
]  # fmt: skip

PAGE = f"/officers/consultations/{SLUG}/chat-messages"
HAPPENED = "30/5/2026 9:30"  # in British summer time; now is noon on 1 June in UTC
DAY = timedelta(days=1)


def on_day(day, *, year=2026):
    """Return the form of a fixed date in June."""
    parts = (("day-day", str(day)), ("day-month", "6"), ("day-year", str(year)))
    return (("kind", "fixed_date"), *parts)


class TestAnOfficer:
    @pytest.fixture
    def plan(self, officer):
        def plan(*given):
            return officer.press(officer.open(PAGE), *given, form=-1)

        return plan

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (
                on_day(2),
                "On 2 June 2026",
            ),
            ((("kind", "days_before"), ("number", "5"), ("working", "y")), "5 working days before"),
            ((("kind", "window"), ("number", "5")), "5 weeks before, and a week before"),
            ((("kind", "clock"),), "A day before the 72 hours are over"),
            ((("kind", "three_months_on"), ("next", "again")), "After three months: "),
        ],
    )
    def test_plans_each_kind(self, plan, database, given, words):
        with database.writing() as session:
            make_consultation(session, slug="again").closes_at = NOON + timedelta(days=200)
        page = plan(*given)

        assert words in page.body
        assert "nobody waits for it now" in page.body

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ((), "Choose when to write"),
            ((("kind", "fixed_date"),), "Write the day: write one after today and by 2 June 2026"),
            (on_day(1), "1 June 2026 is today. Write one after"),
            (on_day(3), "3 June 2026 is after the close. Write one after"),
            (on_day(31), "There is no such day. Write one after"),
            (on_day(1, year=2025), "1 June 2025 is past. Write one after"),
            ((("kind", "days_before"), ("number", "61")), "Write a number of days from 1 to 60"),
            ((("kind", "window"), ("number", "1")), "or of weeks from 2 to 12"),
            ((("kind", "three_months_on"), ("next", SLUG)), "Choose what they are asked then"),
        ],
    )
    def test_is_told_what_is_missing(self, plan, given, words, database):
        page = plan(*given)

        assert page.status == 422
        assert words in page.body
        with database.reading() as session:
            assert session.query(ChatSchedule).count() == 0

    def test_cannot_plan_to_ask_what_will_be_closed_by_then(self, plan, database):
        with database.writing() as session:
            make_consultation(session, slug="again").closes_at = NOON + timedelta(days=80)
        page = plan(("kind", "three_months_on"), ("next", "again"))

        assert '<option value="again"' not in page.body
        assert "So not: " in page.body
        assert page.status == 422
        assert "another survey that is open in three months" in page.body

    def test_is_given_a_day_in_range_and_told_when_it_closes(self, plan):
        page = plan(("kind", "fixed_date"))
        day = re.search(r"like (\d+) (\d+) (\d+)", page.body).groups()
        parts = [(f"day-{part}", each) for part, each in zip(DAY_PARTS, day, strict=True)]

        assert "This closes on <strong>2 June 2026</strong>" in page.body
        assert plan(("kind", "fixed_date"), *parts).status == 200

    def test_plans_once_by_pressing_twice(self, officer, database):
        page = officer.open(PAGE)
        for _ in range(2):
            officer.press(page, ("kind", "clock"), form=-1)

        with database.reading() as session:
            assert session.query(ChatSchedule).count() == 1

    def test_calls_it_off(self, officer, plan):
        page = officer.press(plan(("kind", "clock")), form=1)

        assert "It is called off" in page.body
        assert "Called off" in officer.open(PAGE).body
        assert 'name="off"' not in officer.open(PAGE).body

    def test_reads_the_words_in_every_language_before_and_after_planning(self, officer, database):
        with database.writing() as session:
            make_consultation(session, survey="chelseas_choice_2015", slug="film")
        page = officer.open("/officers/consultations/film/chat-messages")
        words = [say(each, ON_THE_DAY) for each in ("en", "cy", "pl", "ur")]

        assert [page.body.count(html.escape(each)) for each in words] == [1] * 4
        planned = officer.press(page, *on_day(2), form=-1)
        assert [planned.body.count(html.escape(each)) for each in words] == [2] * 4
        assert "leaves at 10:00 on Tuesday 2 June 2026 (UK time)" in planned.body

    def test_reads_the_rule_and_no_day_of_those_with_a_review(self, plan, add):
        add("A. Carer,a@example.org,17/6/2026\n")
        body = plan(("kind", "days_before"), ("number", "5")).body

        assert "whoever has a review in the list of names: so long before that instead" in body
        assert "was to leave at 10:00 on Thursday 28 May 2026 (UK time)" in body
        assert "12 June" not in body

    def test_sees_no_name_of_who_is_written_to(self, officer, plan, add):
        add("A. Board,a@example.org\n")
        plan(("kind", "clock"))

        assert "A. Board" not in officer.open(PAGE).body


class TestRowB12:
    """72 hours from coming back: the due moment is shown, and a breach is flagged."""

    def test_the_moment_is_read_from_the_list_and_the_due_moment_shown(self, officer, add):
        add(f"A. Child,a@example.org,{HAPPENED}\n")

        page = officer.open(PAGE)
        assert "Due by 09:30 on Tuesday 2 June 2026 (UK time)" in page.body
        assert "Not replied, late" not in page.body
        assert "a@example.org" in officer.open(NAMES).body
        assert "9:30" not in officer.open(NAMES).body

    def test_a_breach_is_flagged(self, officer, add):
        add("A. Child,29/5/2026 12:00\n")

        assert "Not replied, late" in officer.open(PAGE).body

    @pytest.mark.parametrize(
        ("day", "is_late"),
        [(NOON + DAY, None), (NOON + 2 * DAY, True), (NOON, False)],
        ids=["on the day it cannot be told", "the day after", "before"],
    )
    def test_a_reply_is_late_by_its_day_alone(self, day, is_late):
        due_by = datetime(2026, 6, 2, 8, 30, tzinfo=UTC)
        child = Invitee(happened_at=due_by - 3 * DAY, replied_on=day.date(), declined_on=None)

        (clock,) = chat_schedules.list_clocks([child], now=NOON + 5 * DAY)
        assert clock.is_late is is_late

    def test_an_hour_that_does_not_exist_is_refused_with_its_line(self, officer):
        page = officer.press(officer.open(NAMES), ("people", "A. Child,29/3/2026 1:30\n"), form=-1)

        assert "Line 1 has a date that is wrong" in page.body


class TestRowB11:
    """A review's day stands in the list of names, and may be corrected there."""

    def test_the_day_is_read_and_corrected(self, officer, add, stored):
        add("A. Carer,a@example.org,27/6/2026\n")
        assert stored()["A. Carer"].review_on == date(2026, 6, 27)

        again = ("people", "A. Carer,a@example.org,28/6/2026\n")
        officer.press(officer.open(NAMES), again, form=-1)
        assert stored()["A. Carer"].review_on == date(2026, 6, 28)
        assert len(stored()) == 1

    def test_one_that_is_no_day_is_named_and_nobody_is_put_on_the_list(self, officer, stored):
        typed = "A. Carer,a@example.org,27/6/2026\nB. Carer,b@example.org,31/6/2026\n"
        page = officer.press(officer.open(NAMES), ("people", typed), form=-1)

        assert page.status == 422
        assert "Line 2 has a date that is wrong, or two. Write one day for a review" in page.body
        assert "31/6/2026" in page.body
        assert stored() == {}


def plan_for_somebody(store, settings):
    """Plan the 72 hours of somebody on the list; return the code of their invitation."""
    now = current_time()
    with store.writing() as session:
        found, who = find_by_slug(session, "hmip-viewpoint"), make_officer(session)
        child = Person("A. Child", happened_at=now - timedelta(hours=47))
        secret = settings.secret_key
        invitees.add_people(session, found, who, [child], secret=secret, now=now)
        new = Plan(found, TimerKind.CLOCK)
        chat_schedules.plan(session, who, new, press_key="one", now=now)
        (listed,) = invitees.list_invitees(session, found)
        return invitees.code_of(listed, secret=secret)


def pass_a_day(store, settings):
    """Let a day pass since all was said and planned, and the worker look."""
    with store.writing() as session:
        for column in (ChatWish.answered_at, ChatSchedule.made_at, Invitee.happened_at):
            before = current_time() - timedelta(hours=48.5)
            session.execute(update(column.class_).values({column: before}))
    for _ in range(2):  # dates have changed: the timers are laid out first, then fire
        due.make_each_due(store, settings, now=current_time())


def outcomes(store):
    with store.reading() as session:
        return [each.outcome for each in session.query(ChatTimer)]


class TestAConversation:
    def test_on_telegram(self, store, bot_settings, quick_bot, phone):
        code = plan_for_somebody(store, bot_settings)
        phone.come_in(code)
        phone.press("Yes, let")
        phone.reads("Question 1 of 5")
        phone.type("1")
        phone.reads("Question 2 of 5")
        phone.press("Stop")
        phone.reads("May we write to you here before this closes?")
        phone.press("Write to me")
        phone.reads("We will write to you here.")

        pass_a_day(store, bot_settings)

        phone.reads("We are here if you want to tell us more.")
        phone.press("Carry on")
        phone.reads("Question 2 of 5")
        assert outcomes(store) == ["sent"]

    def test_on_telegram_that_went_on_by_itself(self, store, bot_settings, quick_bot, phone):
        code = plan_for_somebody(store, bot_settings)
        phone.come_in(code)
        phone.type("yes")
        phone.reads("Question 1 of 5")
        phone.press("Stop")
        phone.reads("May we write to you here before this closes?")
        phone.press("Write to me")
        phone.reads("We will write to you here.")
        phone.press("Carry on")
        phone.reads("Question 1 of 5")

        pass_a_day(store, bot_settings)

        assert outcomes(store) == ["moved_on"]
        phone.type("1")
        phone.reads("Question 2 of 5")
        assert not any("We are here" in each.text for each in phone.screen)

    def test_by_text(self, store, by_notify, texter, sender, notify):
        code = plan_for_somebody(store, by_notify)
        texter.text(f"START {code}")
        texter.text("yes")
        texter.text("1")
        stopped, asked = texter.text("quit")
        assert "Reply 1" not in stopped
        assert asked.endswith(
            "May we write to you here before this closes? You get three messages at most.\n\n"
            "Reply 1 for Write to me\nReply 2 for Do not write\nOr reply: "
            "Carry on, Remind me tomorrow, Get help now"
        )
        assert "We will write to you here." in texter.text("1")[-1]

        pass_a_day(store, by_notify)
        while sender.send_next():
            pass

        assert "We are here if you want to tell us more." in notify.texts[-1]
        offered = "Reply 1 for Carry on\nOr reply: No more messages, Get help now"
        assert notify.texts[-1].endswith(offered)
        assert "Question 2 of 5" in texter.text("1")[-1]
        assert outcomes(store) == ["sent"]

    def test_by_text_that_ends_with_stop(self, store, by_notify, texter, sender, notify):
        code = plan_for_somebody(store, by_notify)
        for words in (f"START {code}", "yes", "1", "quit", "yes", "STOP"):
            texter.text(words)

        pass_a_day(store, by_notify)

        assert not sender.send_next()
        assert outcomes(store) == ["no_more"]

    @pytest.fixture
    def written(self, app, officer, database, settings):
        """A child's page with a message of ours: what opens it, and what says something there."""
        officer.press(officer.open(PAGE), *on_day(2), form=-1)
        child, chat = Visitor(app), f"/consultations/{SLUG}/chat"

        def say(words):
            return child.send(chat, [*child.open(chat).forms[0].hidden, ("words", words)]).body

        child.press(child.open(chat))
        say("yes")
        assert "May we write to you here? You will see it" in say("/stop")
        assert "We will write here." in say("yes")
        due.make_each_due(database, settings, now=NOON + timedelta(hours=22))
        return lambda: child.open(chat).body, say

    def test_in_the_web_chat_it_waits_on_the_page(self, written):
        look, say = written

        assert "You said we may write." in look()
        assert "You said we may write." not in say("carry on")

    @pytest.mark.parametrize("was_seen", [True, False])
    def test_called_off_it_is_on_no_page_that_had_not_shown_it(self, written, database, was_seen):
        look, _ = written
        if was_seen:
            look()
        with database.writing() as session:
            (plan,) = session.scalars(select(ChatSchedule))
            officer = make_officer(session)
            chat_schedules.call_off(session, plan.consultation, officer, plan.id, now=NOON)

        assert ("You said we may write." in look()) is was_seen
