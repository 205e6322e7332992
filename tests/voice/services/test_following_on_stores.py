"""Letters of a follow-up, and a line manager replaced, on either store."""

from dataclasses import replace

from sqlalchemy import select

from tests.conftest import COUNCIL
from tests.rows.following import DUE, list_planned, open_course, plan
from tests.voice.themed import make_officer
from voice.models import Delegate, Delivery, DeliveryStatus
from voice.services import due, follow_ups
from voice.services.invitees import Person


def test_a_replaced_managers_letter_is_withdrawn_on_either_store(store, settings):
    council = COUNCIL.model_copy(update={"address": "https://voice.example"})
    settings = replace(settings, council=council)
    open_course(store)
    plan(store, came=3, size=3)
    due.make_each_due(store, settings, now=DUE)
    delegate = list_planned(store)[0].delegates[0]
    for _ in range(2):
        with store.writing() as session:
            found, officer = session.get_one(Delegate, delegate.id), make_officer(session)
            new = Person("New Head", "new@example.org")
            follow_ups.replace_superior(session, settings, found, officer, new, now=DUE)

    with store.reading() as session:
        letters = session.scalars(select(Delivery.status)).all()
    assert letters.count(DeliveryStatus.WAITING) == 6
    assert letters.count(DeliveryStatus.REFUSED) == 1
