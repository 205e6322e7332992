"""Row A1, TEST d: a clerk types in a paper or library reply, as strictly as any other door."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import make_officer, sign_in
from voice.models import AuditEntry, Channel, Concern, Role
from voice.services.exports import stored_answers
from voice.services.responses import answers_of

BASE = "/officers/consultations/early-help"
ENTER = f"{BASE}/enter"
SCARED = "My dad hits me every night and I am scared to go home"


class TestRowA1TestD:
    def test_a_paper_is_saved_as_paper_and_its_reference_shown(self, clerk, sent):
        page = clerk.save(capacity="individual", agree="agree", important="  Buses,\nplease  ")

        response = sent()[0]
        assert (response.channel, response.submitted_at is not None) == (Channel.PAPER, True)
        assert answers_of(response)["important"].text == "  Buses,\nplease  "
        assert f"Saved as {response.reference}" in page.text
        assert "Enter the next one" in page.text

    def test_a_call_is_saved_as_phone(self, clerk, sent):
        clerk.save(capacity="individual", **{"came-by": "phone"})

        assert sent()[0].channel is Channel.PHONE

    def test_the_same_is_refused_as_on_every_page_and_all_that_was_typed_is_kept(self, clerk, sent):
        page = clerk.save(
            used=["play", "none"], postcode="nowhere", important="Buses & <b>trains</b>"
        )

        assert page.status_code == 422
        assert sent() == []
        for words in (
            "Question A: choose an answer, because the form cannot be counted without it",
            "Question 4: choose this answer on its own, or choose the others",
            "Question 12: enter a postcode, or its first half, like HP20",
        ):
            assert page.text.count(words) == 2  # in the summary and at its question
        assert "Buses &amp; &lt;b&gt;trains&lt;/b&gt;" in page.text
        assert 'value="nowhere"' in page.text
        assert page.text.count(" checked") == 3  # paper, and both that were ticked


class TestThePage:
    def test_asks_every_question_with_the_number_that_the_paper_prints(self, clerk):
        page = clerk.open().text

        asked = re.findall(r">(\w+)\. [^<]{10,}<", page)
        assert asked == ["A", *(str(number) for number in range(1, 20))]

    def test_shows_what_the_next_one_probably_shares_with_the_last(self, clerk):
        page = clerk.save(capacity="individual", **{"came-by": "phone", "received-on-day": "31",
                                                    "received-on-month": "5"}).text  # fmt: skip

        assert re.search(r'value="phone" checked', page)
        assert re.search(r'name="received-on-day"[^>]*value="31"', page)
        assert page.count(" checked") == 1

    def test_goes_on_one_tab_before_the_first_field_of_the_next_one(self, clerk):
        reply = clerk.save(follow=False, capacity="individual")

        after = clerk.client.get(reply.location).text.partition('id="saved" tabindex="-1"')[2]
        assert (reply.status_code, reply.location.endswith("#saved")) == (303, True)
        assert re.search(r"<(?:input|select|textarea|a) [^>]*>", after)[0].count('id="capacity"')

    def test_keeps_apart_what_stands_beside_questions_for_others(self, clerk, sent):
        clerk.save(capacity="organisation", age="a16_24")

        rows = sent()[0].answers
        assert (rows["age"].is_on_path, "gender" in rows) == (False, False)

    def test_takes_no_page_on_which_nothing_is_typed(self, clerk, sent, database):
        with database.writing() as session:
            make_consultation(session, survey="hmip_viewpoint", slug="viewpoint")
        clerk.address = ENTER.replace("early-help", "viewpoint")

        refused = clerk.save()

        assert "Nothing is typed in" in refused.text
        assert sent() == []

    def test_saves_a_double_press_once(self, clerk, sent):
        press = clerk.form_of(clerk.open())

        first, second = (clerk.send(press | {"capacity": "individual"}) for _ in range(2))

        assert len(sent()) == 1
        assert f"Saved as {sent()[0].reference}" in first.text
        assert f"Saved as {sent()[0].reference}" in second.text

    def test_never_loses_another_paper_typed_into_a_page_that_was_saved(self, clerk, sent):
        press = clerk.form_of(clerk.open())
        clerk.send(press | {"capacity": "individual"})

        warned = clerk.send(press | {"capacity": "organisation", "important": "Trains"})
        clerk.send(clerk.form_of(warned) | {"capacity": "organisation", "important": "Trains"})

        assert "This page was saved before" in warned.text
        assert "Trains" in warned.text
        assert len(sent()) == 2

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            pytest.param("2", "must be today or in the past", id="tomorrow"),
            pytest.param("31", "Enter a real date", id="no day of June"),
            pytest.param("", "Enter a real date", id="no day"),
        ],
    )
    def test_refuses_a_day_on_which_nothing_was_received(self, clerk, sent, day, words):
        page = clerk.save(capacity="individual", **{"received-on-day": day})

        assert (page.status_code, sent()) == (422, [])
        assert words in page.text

    def test_marks_late_what_was_received_after_the_close(self, clerk, sent, closed):
        page = clerk.save(capacity="individual")

        assert (sent()[0].is_late, sent()[0].counts) == (True, False)
        assert "It came after the close, so it is marked late" in page.text

    def test_says_that_a_concern_is_queued_and_nothing_about_it(self, clerk, database):
        page = clerk.save(capacity="individual", important=SCARED)

        with database.reading() as session:
            concern = session.scalars(select(Concern)).one()
        assert concern.channel is Channel.PAPER
        assert "The safeguarding team has it in its queue now" in page.text
        assert concern.category not in page.text
        assert "hits me" not in page.text

    def test_is_in_the_audit_trail(self, clerk, database, sent):
        clerk.save(capacity="individual")

        with database.reading() as session:
            entry = session.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.subject) == ("response entered", str(sent()[0].id))

    def test_is_not_there_for_another_team(self, browse, consultation):
        assert browse(team="roads").get(ENTER).status_code == 404

    def test_is_closed_to_an_analyst(self, browse, consultation):
        assert browse(role=Role.ANALYST).get(ENTER).status_code == 403

    def test_saves_nothing_without_the_guard_against_forgery_and_keeps_the_words(self, clerk, sent):
        page = clerk.send({"capacity": "individual", "important": "Buses"})

        assert (page.status_code, sent()) == (422, [])
        assert "Buses" in page.text


class TestAsWhomTheyAnswer:
    def test_is_left_to_a_form_that_asks_it_itself(self, clerk):
        page = clerk.open().text

        assert "the form asks this itself" in page
        assert not re.search(r'name="spoke-as"[^>]*checked', page)

    def test_is_one_person_unless_something_else_is_chosen(self, database, app):
        with database.writing() as session:
            make_consultation(session, survey="parent_feedback", slug="parents")
            sign_in(client := app.test_client(), session, make_officer(session))

        page = client.get("/officers/consultations/parents/enter").text

        assert re.search(r'name="spoke-as"[^>]*value="individual"[^>]*checked', page)
        assert "the form asks this itself" not in page


class TestWhatCameOnPaper:
    @pytest.mark.parametrize("address", [BASE, f"{BASE}/responses"])
    def test_is_shown_as_paper(self, clerk, address):
        clerk.save(capacity="individual")

        assert "Paper" in clerk.client.get(address).text

    def test_is_exported_as_paper(self, clerk, database):
        clerk.save(capacity="individual")

        with database.reading() as session:
            assert {one["channel"] for one in stored_answers(session, "early-help")} == {"paper"}


class Clerk:
    """An officer who types papers in."""

    address = ENTER

    def __init__(self, client):
        self.client = client

    def open(self):
        return self.client.get(self.address)

    def form_of(self, page):
        """What the page sends by itself: its guards, and how and when the paper came."""
        form = page.text[page.text.index(f'action="{self.address}"') :]
        kept = dict(
            re.findall(r'name="(received-on-\w+|csrf_token|press)"[^>]*value="([^"]*)"', form)
        )
        return kept | {"came-by": "paper"}

    def send(self, form, *, follow=True):
        return self.client.post(self.address, data=form, follow_redirects=follow)

    def save(self, *, follow=True, **typed):
        return self.send(self.form_of(self.open()) | typed, follow=follow)


@pytest.fixture
def consultation(database):
    with database.writing() as session:
        return make_consultation(session)


@pytest.fixture
def clerk(browse, consultation):
    return Clerk(browse())


@pytest.fixture
def closed(database, consultation):
    """Let the consultation have closed yesterday."""
    with database.writing() as session:
        opened = session.merge(consultation)
        opened.opens_at, opened.closes_at = NOON - timedelta(days=9), NOON - timedelta(days=1)
