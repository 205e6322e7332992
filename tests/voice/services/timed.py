"""A consultation with plans for messages, people who chat about it, and a worker that looks."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from surveys.definition import read_from_library
from tests.voice.services.chatting import NOON, Chatter, open_survey, settings_for
from tests.voice.themed import make_officer
from voice.models import (
    Channel,
    ChatSchedule,
    ChatTimer,
    Consultation,
    Delivery,
    DeliveryKind,
    TimerKind,
)
from voice.services import chat_schedules, chat_timers, deliveries, invitees, timer_layout
from voice.services.chat_schedules import Plan
from voice.services.consultations import find_by_slug
from voice.services.invitees import Person

DAY = timedelta(days=1)
SURVEY = read_from_library("hmip_viewpoint")
NEXT = "asked-again"
CLOSES = date(2027, 1, 19)  # 60 days after NOON
YES, NO = "Write to me", "Do not write"


class Timed:
    """Opens what is asked, plans, and lets a worker look at a moment."""

    def __init__(self, database, home, survey=SURVEY):
        self.database, self.settings = database, settings_for(home)
        open_survey(database, survey, days=60)
        open_survey(database, SURVEY, slug=NEXT, days=200)
        self.presses = 0

    def plan(self, kind=TimerKind.FIXED_DATE, *, now=NOON, press="", **more):
        given = {TimerKind.FIXED_DATE: {"day": (NOON + 3 * DAY).date()}}.get(kind, {})
        self.presses += 1
        with self.database.writing() as session:
            if kind is TimerKind.THREE_MONTHS_ON:
                given = {"next": find_by_slug(session, NEXT)}
            return chat_schedules.plan(
                session,
                make_officer(session),
                Plan(find_by_slug(session, "asked"), kind, **(given | more)),
                press_key=press or f"press {self.presses}",
                now=now,
            )

    def call_off(self):
        """Call the only plan off."""
        with self.database.writing() as session:
            (plan,) = session.scalars(select(ChatSchedule))
            asked = find_by_slug(session, "asked")
            chat_schedules.call_off(session, asked, make_officer(session), plan.id, now=NOON)

    def chatter(self, *, channel=Channel.TELEGRAM, payload="asked", address="42"):
        person = Chatter(self.database, self.settings, channel=channel, address=address)
        person.start("" if channel is Channel.WEB_CHAT else payload)
        person.type("yes")
        return person

    def stopped(self, **who):
        """Somebody who stopped on the way."""
        person = self.chatter(**who)
        person.type("1")
        person.type("/stop")
        return person

    def finished(self, **who):
        person = self.chatter(**who)
        while "last question" not in person.type("/skip"):
            pass
        person.type("no")
        return person

    def looks(self, moment):
        """Let the worker look after timers, and return what was written first so far."""
        with self.database.writing() as session:
            changed = timer_layout.list_changed(session, self.settings)
            timer_layout.lay_out_each(session, self.settings, changed)
        with self.database.writing() as session:
            ids = chat_timers.list_due(session, self.settings, now=moment)
            chat_timers.fire_each(session, self.settings, ids, now=moment)
        with self.database.reading() as session:
            written = select(Delivery).where(Delivery.kind == DeliveryKind.BROADCAST)
            found = session.scalars(written.order_by(Delivery.id)).all()
            return [deliveries.read_body(each)[0] for each in found]

    def timers(self):
        with self.database.reading() as session:
            return session.scalars(select(ChatTimer).order_by(ChatTimer.due_at)).all()

    @property
    def outcomes(self):
        return [each.outcome.value if each.outcome else "waits" for each in self.timers()]

    def invite(self, name="A. Child", *, reach="", **dates):
        """Return the code of somebody on the list."""
        with self.database.writing() as session:
            consultation = find_by_slug(session, "asked")
            officer, secret = make_officer(session), self.settings.secret_key
            person = Person(name, reach, **dates)
            invitees.add_people(session, consultation, officer, [person], secret=secret, now=NOON)
            (found,) = (
                each for each in invitees.list_invitees(session, consultation) if each.name == name
            )
            return invitees.code_of(found, secret=secret)

    def change(self, slug="asked", **what):
        with self.database.writing() as session:
            found = session.scalar(select(Consultation).where(Consultation.slug == slug))
            for name, value in what.items():
                setattr(found, name, value)


def at(day, hour=11):
    """Return an hour of a winter's day in the UK, at which messages may leave."""
    return datetime.combine(day, datetime.min.time(), NOON.tzinfo) + timedelta(hours=hour)


def timed_with_mail(database, home):
    """Return the same for a council that can also write by e-mail."""
    timed = Timed(database, home)
    timed.settings = replace(timed.settings, mail_server="smtp://127.0.0.1:1")
    return timed
