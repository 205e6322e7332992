"""Row A13: a reminder by e-mail goes only to those who have not replied, twice at most."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import COUNCIL, NOON, SECRET
from tests.rows.test_a13_named_invitees import (
    PAGE,
    PEOPLE,
    SLUG,
    add,
    consultation,
    reply,
    stored,
)
from tests.voice.services.test_smtp import server
from tests.voice.themed import make_officer
from tests.voice.web.doors import officer
from tests.voice.web.visitor import Visitor
from voice.models import AuditEntry, Delivery, Reminder
from voice.services import due, invitees, mail, suppressions
from voice.services.consultations import find_by_slug
from voice.services.invitees import Standing
from voice.services.smtp import post_by

__all__ = ["add", "consultation", "officer", "reply", "server", "stored"]
MAIL = f"{PAGE}/e-mail"
LEAVES = NOON + timedelta(minutes=31)
EVENING = NOON.replace(hour=18, minute=45)  # 19:45 in British summer time
NIGHT = NOON.replace(hour=21)
MORNING = (NOON + timedelta(days=1)).replace(hour=7)  # 08:00 in British summer time
FOUR = f"{PEOPLE}D. Schools,d@example.org\n"


def test_it_goes_to_those_who_have_not_replied_have_an_address_and_may_be_asked(
    officer, add, reply, quiet, confirm, passes, sent_to
):
    links = add(FOUR)
    reply(links["A. Board"])
    quiet("D@example.org")
    page = officer.open(MAIL)

    assert "It goes to 1," in page.body
    for words in ("b@example.org", "Has no e-mail address here", "Is on the list of those"):
        assert words in page.body
    confirm()
    passes(LEAVES)
    assert sent_to() == ["b@example.org"]


def test_each_gets_the_link_that_is_theirs_and_is_told_how_to_be_left_alone(
    links, confirm, passes, server
):
    confirm()
    passes(LEAVES)

    (letter,) = (each for each in server.taken if "To: b@example.org" in each)
    assert f"http://localhost{links['B. Police']}" in letter
    assert links["A. Board"] not in letter
    assert "we will not remind you" in " ".join(letter.split())


def test_nothing_leaves_before_an_officer_confirms_nor_in_the_pause_after(
    officer, links, confirm, passes, sent_to
):
    officer.open(MAIL)
    passes(LEAVES)
    assert sent_to() == []
    confirm()
    passes(NOON + timedelta(minutes=29))
    assert sent_to() == []


def test_it_can_be_called_off_while_it_waits(officer, links, confirm, call_off, passes, sent_to):
    confirm()
    assert "2 wait until 13:30 on Monday 1 June 2026" in _flat(officer.open(PAGE).body)

    page = call_off()
    passes(LEAVES)

    assert "It is called off: nobody gets it." in page.body
    assert sent_to() == []
    assert "2 wait" not in officer.open(PAGE).body


def test_it_can_be_called_off_while_the_mail_server_is_away(
    confirm, links, call_off, passes, sent_to
):
    confirm()
    passes(LEAVES, sends=False)
    assert "It is called off: nobody gets it." in call_off().body

    passes(LEAVES)
    assert sent_to() == []


def test_once_it_has_left_it_cannot_be_called_off(officer, links, confirm, passes, call_off):
    confirm()
    waiting = officer.open(PAGE)
    passes(LEAVES)

    assert "It had left already." in call_off(waiting).body
    assert "sent to 2." in _flat(officer.open(PAGE).body)


def test_officers_see_who_was_reminded_and_when(officer, links, confirm, passes):
    confirm()
    passes(LEAVES)

    rows = _flat(officer.open(PAGE).body)
    assert rows.count("By e-mail, Monday 1 June 2026") == 2
    assert rows.count('<td class="govuk-table__cell">None') == 1


def test_nobody_is_reminded_a_third_time(officer, links, confirm, passes, sent_to):
    confirm()
    passes(LEAVES)
    confirm()
    passes(LEAVES + timedelta(hours=1))

    assert sorted(sent_to()) == ["a@example.org", "a@example.org", "b@example.org", "b@example.org"]
    assert "Was reminded twice" in officer.open(MAIL).body
    assert "Send it to" not in officer.open(MAIL).body


def test_while_one_waits_no_other_can_be_confirmed(officer, links, confirm, passes):
    confirm()
    assert "Has a reminder already that waits to leave" in officer.open(MAIL).body
    passes(LEAVES, sends=False)

    assert "Send it to" not in officer.open(MAIL).body
    assert "2 wait for the mail server." in _flat(officer.open(PAGE).body)


def test_the_same_press_twice_is_one_reminder(officer, links, passes, sent_to):
    page = officer.open(MAIL)
    for _ in range(2):
        officer.press(page, form=1)
    passes(LEAVES)

    assert len(sent_to()) == 2


@pytest.mark.parametrize("how", ["replies", "declines", "told another way"])
def test_whoever_answers_meanwhile_gets_none(
    app, links, confirm, reply, passes, sent_to, tell, how
):
    confirm()
    passes(LEAVES, sends=False)  # in the outbox, and the mail server is away
    if how == "replies":
        reply(links["B. Police"])
    elif how == "declines":
        visitor = Visitor(app)
        visitor.press(visitor.open(links["B. Police"]), button=1)
    else:
        tell("B. Police", Standing.REPLIED)
    passes(LEAVES, makes=False)

    assert sent_to() == ["a@example.org"]


def test_whoever_answers_before_it_is_due_gets_none_and_was_not_reminded(
    officer, links, confirm, reply, passes, sent_to
):
    confirm()
    reply(links["B. Police"])
    passes(LEAVES)

    assert sent_to() == ["a@example.org"]
    assert _flat(officer.open(PAGE).body).count("By e-mail, Monday") == 1


def test_nothing_leaves_at_night(clock, officer, links, confirm, passes, sent_to):
    clock.moment = EVENING
    assert "08:00 on Tuesday 2 June 2026" in officer.open(MAIL).body
    confirm()
    passes(NIGHT)
    assert sent_to() == []
    passes(MORNING)
    assert len(sent_to()) == 2


def test_what_a_mail_server_was_away_for_waits_for_the_morning(links, confirm, passes, sent_to):
    confirm()
    passes(LEAVES, sends=False)
    passes(NIGHT)
    assert sent_to() == []
    passes(MORNING)
    assert len(sent_to()) == 2


def test_after_the_close_what_waits_never_leaves(links, confirm, passes, sent_to, database):
    confirm()
    passes(LEAVES, sends=False)
    with database.writing() as session:
        find_by_slug(session, SLUG).closes_at = LEAVES
    passes(LEAVES + timedelta(hours=1))

    assert sent_to() == []


def test_after_the_close_none_can_be_confirmed(officer, links, clock, stored):
    page = officer.open(MAIL)
    clock.moment = NOON + timedelta(days=400)

    assert officer.press(page, form=1).status in (401, 422)
    assert not any(each.reminders for each in stored().values())


def test_letters_by_hand_stay_for_those_without_an_address(officer, links):
    page = officer.open(PAGE)

    assert "Make a reminder for the 1 without an e-mail address" in page.body
    made = officer.press(page, form=1)
    assert "for 1." in made.body
    letters = officer.open(f"{PAGE}/letters.csv?reminder=1").body
    assert "C. Health" in letters
    assert "B. Police" not in letters


def test_without_a_mail_server_none_can_be_confirmed(app, officer, links):
    app.extensions["voice"] = replace(
        app.extensions["voice"], settings=replace(app.extensions["voice"].settings, mail_server="")
    )

    page = officer.open(MAIL)
    assert "No mail server is set" in page.body
    assert "Send it to" not in page.body
    assert "Remind by e-mail" not in officer.open(PAGE).body


def test_the_audit_trail_says_who_confirmed_and_called_off(links, confirm, call_off, database):
    confirm()
    call_off()

    with database.reading() as session:
        actions = set(session.scalars(select(AuditEntry.action)))
    assert {"reminders by e-mail confirmed", "reminders by e-mail called off"} <= actions


def test_the_outbox_holds_no_address_that_can_be_read(links, confirm, passes, database):
    confirm()
    passes(LEAVES, sends=False)

    with database.reading() as session:
        assert "example.org" not in str(session.scalars(select(Delivery.body)).all())
        assert session.scalars(select(Reminder.sent_at)).all() == [LEAVES, LEAVES]


def _flat(body):
    return " ".join(body.split())


@pytest.fixture
def settings(settings, server):
    host, port = server.server_address
    return replace(
        settings,
        mail_server=f"smtp://{host}:{port}",
        mail_from="voice@council.example",
        council=COUNCIL.model_copy(update={"address": "http://localhost"}),
    )


@pytest.fixture
def links(add):
    """Put three people on the list, two of them with an address."""
    return add()


@pytest.fixture
def confirm(officer):
    return lambda: officer.press(officer.open(MAIL), form=1)


@pytest.fixture
def call_off(officer):
    """Press "Call it off" on the page as it is now, or as it was."""

    def press(page=None):
        page = page or officer.open(PAGE)
        place = next(n for n, one in enumerate(page.forms) if one.action.endswith("/off"))
        return officer.press(page, form=place)

    return press


@pytest.fixture
def passes(database, settings, clock):
    """Let the worker look at this moment: what is due is made, and what waits is sent."""

    def until(moment, *, makes=True, sends=True):
        clock.moment = moment
        if makes:
            due.make_each_due(database, settings, now=moment)
        while sends and mail.send_next(database, settings, post_by(settings), now=moment):
            pass

    return until


@pytest.fixture
def sent_to(server):
    def addresses():
        lines = (line for letter in server.taken for line in letter.splitlines())
        return [line.removeprefix("To: ") for line in lines if line.startswith("To: ")]

    return addresses


@pytest.fixture
def quiet(database):
    def ask_no_more(value):
        with database.writing() as session:
            who = make_officer(session)
            suppressions.suppress(session, who, value, reason="No", secret=SECRET, now=NOON)

    return ask_no_more


@pytest.fixture
def tell(database):
    def change(name, standing):
        with database.writing() as session:
            listed = invitees.list_invitees(session, find_by_slug(session, SLUG))
            who = next(each for each in listed if each.name == name)
            invitees.change_standing(session, who, make_officer(session), standing, now=NOON)

    return change
