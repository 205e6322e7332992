"""Checking and auditing: one answer at a time, by keyboard or not, and what officers are told."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import QUESTION, make_officer, make_people, make_theme, sign_in
from voice.models import Code, CodePurpose, Job, Role, Theme
from voice.services import audits, chosen, codes, jobs
from voice.services.codes import Place

THEMES = f"/officers/consultations/early-help/questions/{QUESTION}"
CHECK, AUDIT = f"{THEMES}/check", f"{THEMES}/audit"


@pytest.fixture
def consultation(database):
    with database.writing() as session:
        return make_consultation(session)


@pytest.fixture
def listed(database, consultation):
    """Forty people, two themes, and three answers to check; returns both themes' ids."""
    with database.writing() as session:
        ours = session.merge(consultation)
        people = make_people(session, ours, 40, words="My worker Sarah Jones says more buses")
        buses = make_theme(session, ours, people[:30], label="Buses")
        parks = make_theme(session, ours, people[30:32], label="Parks")
        chosen.put(session, ours, QUESTION, [one.id for one in people[:3]], now=NOON)
        return buses.id, parks.id


@pytest.fixture
def officer(client, database):
    with database.writing() as session:
        sign_in(client, session, make_officer(session))
    return client


class TestTheFiftyToCheck:
    def test_are_asked_for_from_a_worker(self, officer, database, consultation, listed):
        reply = _press(officer, CHECK, CHECK)

        assert reply.status_code == 303
        assert "Choosing answers" in officer.get(CHECK).text
        assert jobs.CHOOSE in _all(database, Job.kind)

    def test_begin_where_nobody_has_coded(self, officer, listed):
        assert f'href="{CHECK}/1"' in officer.get(CHECK).text

    def test_show_one_answer_without_names_and_the_machines_themes_ticked(self, officer, listed):
        page = officer.get(f"{CHECK}/1").text

        assert "Answer 1 of 3" in page
        assert "[name] says more buses" in page
        assert "Sarah" not in page
        assert _ticked(page) == [str(listed[0])]

    def test_are_saved_and_lead_on_to_the_next(self, officer, database, listed):
        reply = _press(officer, f"{CHECK}/1", f"{CHECK}/1", themes=[str(listed[1])])

        assert reply.headers["Location"].endswith("/check/2")
        assert _all(database, Code.theme_ids) == [[str(listed[1])]]
        assert _all(database, Job.kind) == [jobs.ASSIGN]

    def test_are_one_job_however_many_wait(self, officer, database, listed):
        for place in (1, 2):
            _press(officer, f"{CHECK}/{place}", f"{CHECK}/{place}", themes=["none"])

        assert _all(database, Job.kind) == [jobs.ASSIGN]

    def test_may_be_said_to_fit_no_theme(self, officer, database, listed):
        _press(officer, f"{CHECK}/1", f"{CHECK}/1", themes=["none"])

        assert _all(database, Code.theme_ids) == [[]]

    @pytest.mark.parametrize("themes", [[], ["none", "both"]])
    def test_need_themes_or_none_and_not_both(self, officer, database, listed, themes):
        given = [str(listed[0]) if one == "both" else one for one in themes]
        reply = _press(officer, f"{CHECK}/1", f"{CHECK}/1", themes=given)

        assert reply.status_code == 422
        assert _all(database, Code.id) == []

    def test_can_be_skipped_and_come_again(self, officer, listed):
        _press(officer, f"{CHECK}/2", f"{CHECK}/2", themes=["none"])

        assert f'href="{CHECK}/3"' in officer.get(f"{CHECK}/1").text
        assert f'href="{CHECK}/1"' in officer.get(f"{CHECK}/3").text

    def test_can_be_gone_back_to_and_taken_back(self, officer, database, listed):
        _press(officer, f"{CHECK}/1", f"{CHECK}/1", themes=["none"])
        assert f'href="{CHECK}/1"' in officer.get(f"{CHECK}/2").text

        _press(officer, f"{CHECK}/1", f"{CHECK}/1", take_back="yes")

        assert _all(database, Code.taken_back_at) != [None]
        assert "taken back" in officer.get(f"{CHECK}/1?notice=taken-back").text

    def test_are_not_saved_over_somebody_elses(self, officer, database, listed, consultation):
        fields = _fields(officer.get(f"{CHECK}/1").text)
        _code(database, consultation, [listed[1]])

        reply = officer.post(f"{CHECK}/1", data=fields | {"themes": ["none"]})

        assert reply.status_code == 409
        assert "Somebody coded this answer" in reply.text
        assert len(_all(database, Code.id)) == 1

    @pytest.mark.parametrize("pressed", [{"themes": ["none"]}, {"take_back": "yes"}])
    def test_are_not_saved_of_an_answer_that_was_not_on_the_page(
        self, officer, database, listed, consultation, pressed
    ):
        fields = _fields(officer.get(f"{CHECK}/1").text)
        with database.writing() as session:
            ours = session.merge(consultation)
            here = chosen.places(session, ours, QUESTION)
            chosen.put(session, ours, QUESTION, [here[3], here[2]], now=NOON)

        reply = officer.post(f"{CHECK}/1", data=fields | pressed)

        assert reply.status_code == 409
        assert "chosen anew" in reply.text
        assert _fields(reply.text)["response"] == str(here[3])
        assert _all(database, Code.id) == []

    def test_say_when_all_are_checked(self, officer, listed):
        for place in (1, 2, 3):
            reply = _press(officer, f"{CHECK}/{place}", f"{CHECK}/{place}", themes=["none"])

        assert reply.headers["Location"].endswith("/check?notice=checked")

    def test_are_not_for_those_who_may_only_read(self, client, database, listed):
        with database.writing() as session:
            sign_in(client, session, make_officer(session, role=Role.ANALYST))

        assert client.get(f"{CHECK}/1").status_code == 403


class TestALongList:
    """Of thirty themes an officer reads those that are near the answer; the others are folded."""

    @pytest.fixture
    def many(self, database, consultation, listed):
        with database.writing() as session:
            ours = session.merge(consultation)
            for number in range(28):
                made = make_theme(session, ours, [], label=f"Subject {number}")
                made.words = ["worker" if number == 3 else "roof"]
            session.get_one(Theme, listed[1]).words = ["benches"]
        return listed

    def test_has_first_what_is_ticked_and_what_shares_a_word(self, officer, many):
        first, folded = officer.get(f"{CHECK}/1").text.split("<details", 1)

        assert _labels(first) == ["Buses", "Subject 3"]
        assert "All other themes (28)" in folded
        assert len(_labels(folded)) == 28

    def test_keeps_the_key_of_a_theme_wherever_it_stands(self, officer, many):
        page = officer.get(f"{CHECK}/1").text

        keys = dict(zip(_labels(page), re.findall(r'value="[^"]*" data-voice-key="(.)"', page),
                        strict=False))  # fmt: skip
        assert (keys["Buses"], keys["Parks"], keys["Subject 3"]) == ("1", "2", "6")

    def test_saves_a_theme_that_was_folded(self, officer, database, many):
        _press(officer, f"{CHECK}/1", f"{CHECK}/1", themes=[str(many[1])])

        assert _all(database, Code.theme_ids) == [[str(many[1])]]

    def test_is_open_where_something_was_wrong(self, officer, many):
        reply = _press(officer, f"{CHECK}/1", f"{CHECK}/1", themes=[])

        assert '<details class="govuk-details" open>' in reply.text

    def test_of_an_audit_folds_nothing(self, officer, many):
        _press(officer, AUDIT, AUDIT, size="30")

        assert len(_labels(officer.get(f"{AUDIT}/1").text.split("<details", 1)[0])) == 30


class TestAnAudit:
    def test_is_asked_for_where_there_is_none(self, officer, listed):
        page = officer.get(AUDIT).text

        assert "These figures are indicative" in page
        assert "Draw a random sample" in page

    @pytest.mark.parametrize("size", ["29", "101", "many", ""])
    def test_needs_thirty_to_a_hundred_answers(self, officer, listed, size):
        reply = _press(officer, AUDIT, AUDIT, size=size)

        assert reply.status_code == 422
        assert "Write a number from 30 to 100" in reply.text

    def test_shows_nothing_of_the_machines(self, officer, listed):
        _press(officer, AUDIT, AUDIT, size="30")

        page = officer.get(f"{AUDIT}/1").text
        assert "Answer 1 of 30" in page
        assert _ticked(page) == []
        assert "30 people now" not in page

    def test_shows_nothing_of_what_another_officer_said(
        self, officer, database, listed, consultation
    ):
        _press(officer, AUDIT, AUDIT, size="30")
        with database.writing() as session:
            ours = session.merge(consultation)
            sample = audits.find_sample(session, ours, QUESTION)
            drawn = chosen.places(session, ours, QUESTION, sample=sample)
            place, by = Place(ours, QUESTION, drawn[1]), make_officer(session)
            codes.give(session, by, place, listed[:1], purpose=CodePurpose.AUDIT, now=NOON)

        assert _ticked(officer.get(f"{AUDIT}/1").text) == []

    def test_saves_nothing_of_an_answer_of_the_sample_before(
        self, officer, database, listed, clock
    ):
        _press(officer, AUDIT, AUDIT, size="30")
        fields = _fields(officer.get(f"{AUDIT}/1").text)
        clock.moment += timedelta(minutes=1)
        _press(officer, AUDIT, AUDIT, size="30")  # none of the sample before is drawn again

        reply = officer.post(f"{AUDIT}/1", data=fields | {"themes": ["none"]})

        assert reply.status_code == 409
        assert "chosen anew" in reply.text
        assert _all(database, Code.id) == []

    def test_says_that_what_was_coded_last_is_not_measured_yet(
        self, officer, database, listed, consultation
    ):
        _press(officer, AUDIT, AUDIT, size="30")
        assert "is being measured" not in officer.get(AUDIT).text

        _press(officer, f"{AUDIT}/1", f"{AUDIT}/1", themes=["none"])

        assert "is being measured" in officer.get(AUDIT).text

    def test_says_on_the_list_that_its_figures_are_indicative(self, officer, listed):
        page = officer.get(f"{THEMES}/themes").text

        assert "no person has checked a random sample" in page
        assert page.count(">Indicative<") + page.count("Indicative\n") >= 2


def _press(client, page, address, **typed):
    return client.post(address, data=_fields(client.get(page).text) | typed)


def _fields(page):
    found = re.findall(r'<input[^>]*name="([^"]+)"[^>]*type="hidden"[^>]*value="([^"]*)"', page)
    return dict(found)


def _ticked(page):
    boxes = re.findall(r'<input class="govuk-checkboxes__input"[^>]*>', page)
    return [re.search(r'value="([^"]*)"', one)[1] for one in boxes if " checked" in one]


def _labels(page):
    return re.findall(r"<bdi>([^<]*)</bdi>", page)


def _all(database, column):
    with database.reading() as session:
        return session.scalars(select(column)).all()


def _code(database, consultation, themes):
    with database.writing() as session:
        ours = session.merge(consultation)
        response = chosen.places(session, ours, QUESTION)[1]
        by = make_officer(session)
        place = Place(ours, QUESTION, response)
        codes.give(session, by, place, themes, purpose=CodePurpose.CHECK, now=NOON)
