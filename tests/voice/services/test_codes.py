"""Codes: what an officer says of an answer stands, wins over the machine, and can be taken back."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests.conftest import NOON
from tests.voice.themed import (
    QUESTION,
    consultation,
    make_officer,
    make_people,
    make_theme,
    officer,
)
from voice.errors import NotAllowedError, NotFoundError
from voice.models import Code, CodePurpose, Role
from voice.services import codes, concerns, responses, theme_views, themes
from voice.services.codes import Place
from voice.services.concerns import Heard
from voice.services.themes import Edit

__all__ = ["consultation", "officer"]


@pytest.fixture
def people(session, consultation):
    return make_people(session, consultation, 3)


@pytest.fixture
def buses(session, consultation, people):
    return make_theme(session, consultation, people, label="Buses")


@pytest.fixture
def parks(session, consultation):
    return make_theme(session, consultation, [], label="Parks")


@pytest.fixture
def give(session, consultation, officer):
    """Give somebody's answer these themes."""

    def give(person, *given, purpose=CodePurpose.CHECK, by=officer):
        place = Place(consultation, QUESTION, person.id)
        ids = [theme.id for theme in given]
        return codes.give(session, by, place, ids, purpose=purpose, now=NOON)

    return give


class TestGivingACode:
    def test_counts_at_once(self, session, consultation, people, buses, parks, give):
        give(people[0], parks)

        assert _counts(session, consultation) == {"Buses": 2, "Parks": 1}

    def test_without_a_theme_says_that_none_fits(self, session, consultation, people, buses, give):
        give(people[0])

        assert _counts(session, consultation) == {"Buses": 2}
        assert codes.latest(session, consultation, QUESTION) == {people[0].id: ()}

    def test_for_an_audit_changes_no_count_and_teaches_nothing(
        self, session, consultation, people, buses, parks, give
    ):
        give(people[0], parks, purpose=CodePurpose.AUDIT)

        assert _counts(session, consultation) == {"Buses": 3, "Parks": 0}
        assert codes.latest(session, consultation, QUESTION) == {}

    def test_keeps_the_order_so_that_the_first_is_the_primary_theme(
        self, session, consultation, people, buses, parks, give
    ):
        give(people[0], parks, buses, parks)

        latest = codes.latest(session, consultation, QUESTION)
        assert latest == {people[0].id: (parks.id, buses.id)}

    def test_keeps_a_quote_that_stays_in_its_theme(
        self, session, consultation, people, buses, parks, give
    ):
        give(people[2], buses, parks)

        assert {one.response_id: one.is_quote for one in buses.mentions}[people[2].id]

    def test_is_refused_to_those_who_may_only_read(self, session, people, buses, give):
        with pytest.raises(NotAllowedError):
            give(people[0], buses, by=make_officer(session, role=Role.ANALYST))

    def test_is_refused_to_another_team(self, session, people, buses, give):
        with pytest.raises(NotFoundError):
            give(people[0], buses, by=make_officer(session, team="roads"))

    def test_is_refused_for_an_answer_that_raised_an_alert(self, session, people, buses, give):
        heard = Heard(people[0].consultation_id, people[0].channel, "x", response_id=people[0].id)
        concerns.raise_worry(session, heard, category="neglect", now=NOON).tier = "alert"
        session.flush()

        with pytest.raises(NotFoundError):
            give(people[0], buses)

    def test_is_refused_for_a_theme_of_another_question(self, session, people, buses, give):
        buses.question = "another"
        session.flush()

        with pytest.raises(NotFoundError):
            give(people[0], buses)

    def test_is_refused_for_nobodys_answer(self, session, consultation, officer):
        place = Place(consultation, QUESTION, uuid4())

        with pytest.raises(NotFoundError):
            codes.give(session, officer, place, [], purpose=CodePurpose.CHECK, now=NOON)


class TestTakingACodeBack:
    def test_lets_the_one_before_stand_again(
        self, session, consultation, officer, people, buses, parks, give
    ):
        give(people[0], parks)
        wrong = give(people[0])

        codes.take_back(session, officer, wrong.id, now=NOON)

        assert _counts(session, consultation) == {"Buses": 2, "Parks": 1}

    def test_twice_is_once(self, session, officer, people, buses, give):
        code = give(people[0], buses)
        codes.take_back(session, officer, code.id, now=NOON)

        assert codes.take_back(session, officer, code.id, now=NOON).taken_back_at == NOON

    def test_is_refused_to_another_team(self, session, people, buses, give):
        code = give(people[0], buses)

        with pytest.raises(NotFoundError):
            codes.take_back(session, make_officer(session, team="roads"), code.id, now=NOON)


class TestTheLatestCodes:
    def test_are_of_whoever_spoke_last(self, session, consultation, people, buses, parks, give):
        give(people[0], parks)
        give(people[0], buses, by=make_officer(session))

        assert codes.latest(session, consultation, QUESTION) == {people[0].id: (buses.id,)}

    def test_name_the_theme_that_a_merged_one_counts_under(
        self, session, consultation, officer, people, buses, parks, give
    ):
        give(people[0], parks, buses)
        themes.merge(session, parks.id, buses.id, edit=Edit(officer, parks.edition, NOON))

        assert codes.latest(session, consultation, QUESTION) == {people[0].id: (buses.id,)}

    def test_forget_a_theme_that_is_gone(self, session, consultation, people, buses, parks, give):
        give(people[0], parks, buses)
        give(people[1], parks)
        give(people[2])
        session.delete(parks)
        session.flush()

        latest = codes.latest(session, consultation, QUESTION)
        assert latest == {people[0].id: (buses.id,), people[2].id: ()}


def test_codes_vanish_with_the_response(session, people, buses, give):
    give(people[0], buses)
    give(people[0], buses, purpose=CodePurpose.AUDIT)

    responses.forget_response(session, people[0])

    assert session.scalar(select(func.count()).select_from(Code)) == 0


def _counts(session, consultation):
    session.expire_all()
    found = theme_views.read_themes(session, consultation, QUESTION)
    return {theme.label: theme.people.count for theme in found.shown}
