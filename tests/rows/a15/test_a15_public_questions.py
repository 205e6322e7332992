"""Row A15: a question from the public to a committee, from its arrival to its published reply."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.rows.a15.asking import COMMITTEE, DANGER, FIRST, QUESTION, REPLY, REPLY_FORM, day_of
from tests.voice.themed import make_officer, sign_in
from tests.voice.web.visitor import Visitor, words_in
from voice.models import Concern, Enquiry, EnquiryState
from voice.services import public_questions


class TestRowA15:
    """TEST: state goes received → assigned → answered → published; the asker is notified."""

    def test_the_state_goes_from_received_to_published(self, ask, assign, answer, publish, stored):
        ask()
        states = [stored().state]
        for step in (assign, answer, publish):
            step()
            states.append(stored().state)

        assert states == list(EnquiryState)

    def test_the_asker_is_told_of_each_state_once(
        self, ask, assign, answer, publish, send_all, officer, address
    ):
        ask()
        assign()
        answer()
        publish()
        officer.open(address())
        letters = send_all()

        assert [letter.to for letter in letters] == ["derek@example.org"] * 4
        assert "We have your question" in letters[0].text
        assert "Cabinet Member for Education" in letters[1].text
        assert REPLY in letters[2].text
        assert "published" in letters[3].text
        assert all(len(set(re.findall(r"[\w]{4}-[\w]{4}", each.subject))) == 1 for each in letters)
        assert send_all() == []

    def test_the_asker_gets_a_reference_at_once_and_a_page_of_their_own(self, ask, answered, app):
        page = ask()
        assert "We have your question" in page.body
        reference = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", page.body)[0]

        answered()
        again = Visitor(app).open(page.address)

        assert reference in again.body
        assert REPLY in again.body

    def test_a_question_needs_neither_name_nor_address(self, ask, send_all, stored):
        page = ask(name="", email="")

        assert page.status == 200
        assert "You left no e-mail address, so look here for the reply." in page.body
        assert (stored().name, stored().reply_to_sealed) == ("", None)
        assert send_all() == []

    def test_the_address_is_sealed_and_forgotten_after_the_reply(
        self, ask, answered, sweep, stored
    ):
        ask()
        assert "example.org" not in stored().reply_to_sealed

        answered()
        sweep(NOON + timedelta(days=29))
        assert stored().reply_to_sealed is not None
        sweep(NOON + timedelta(days=31))

        assert stored().reply_to_sealed is None

    def test_the_same_press_sends_one_question(self, form, visitor, database):
        page = visitor.open("/questions/ask")
        first = visitor.press(page, *form())
        second = visitor.press(page, *form())

        assert first.address == second.address
        with database.reading() as session:
            assert len(session.scalars(select(Enquiry)).all()) == 1

    def test_the_same_press_with_other_words_is_another_question(self, form, visitor, database):
        page = visitor.open("/questions/ask")
        first = visitor.press(page, *form())
        second = visitor.press(page, *form(words=DANGER, name="Ann"))

        assert first.address != second.address
        assert DANGER in second.body
        with database.reading() as session:
            assert len(session.scalars(select(Enquiry)).all()) == 2
            assert session.scalars(select(Concern.words)).all() == [DANGER]

    def test_no_address_gets_letters_without_end(self, ask, send_all, database):
        """SEC-10: anybody can type anybody's address. The questions are all kept."""
        for number in range(public_questions.MAX_RECEIPTS + 2):
            ask(words=f"Why {number}?", email=" Derek@Example.org")

        assert len(send_all()) == public_questions.MAX_RECEIPTS
        with database.reading() as session:
            assert len(session.scalars(select(Enquiry)).all()) == public_questions.MAX_RECEIPTS + 2

    def test_what_no_store_can_hold_is_left_out(self, ask, assign, stored):
        page = ask(words="Why\x00 so?", name="Ann\x00")
        assign(responder="Cha\x00ir")

        assert page.status == 200
        assert (stored().words, stored().name, stored().responder) == ("Why so?", "Ann", "Chair")

    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("words", " ", "Write your question"),
            ("email", "not an address", "Write an e-mail address"),
            ("email", "=?x?q??=@b.uk", "Write an e-mail address"),
            ("belongs", "", "Tick the box if you live, work or study here"),
            ("committee", "none", "Choose a committee"),
            ("name", "x" * 101, "Write up to 100"),
        ],
    )
    def test_what_is_wrong_is_said_and_every_word_comes_back(self, ask, field, typed, said):
        page = ask(**{"words": "Why <b>so</b>?\n", field: typed})

        assert page.status == 422
        assert said in page.body
        if field != "words":
            assert words_in(page, "words") == "Why <b>so</b>?\n"


class TestDeleting:
    """PRI-6: by the code of its own page, until it is published."""

    def test_leaves_nothing_of_it(self, ask, visitor, send_all, database):
        page = ask()
        asked_once = visitor.open(f"{page.address}/delete")
        presses = [visitor.press(asked_once) for _ in range(2)]

        assert all("Your question is deleted" in each.body for each in presses)
        assert visitor.open(page.address).status == 404
        assert send_all() == []
        with database.reading() as session:
            assert session.scalars(select(Enquiry)).all() == []

    def test_keeps_the_concern(self, ask, visitor, database):
        visitor.press(visitor.open(f"{ask(words=DANGER).address}/delete"))

        with database.reading() as session:
            assert session.scalars(select(Concern.words)).all() == [DANGER]

    def test_is_not_for_what_is_published(self, ask, answered, publish, visitor, stored):
        page = ask()
        before = visitor.open(f"{page.address}/delete")
        answered()
        publish()
        visitor.press(before)

        assert "Delete my question" not in visitor.open(page.address).body
        assert stored().published_words == QUESTION


class TestPublishing:
    def test_the_public_page_shows_the_question_as_the_officer_approved_it(
        self, ask, answered, publish, app
    ):
        ask(words=f"{QUESTION} My neighbour Ann at 7 High Street agrees.")
        answered()
        publish(words=QUESTION)

        page = Visitor(app).open("/questions").body
        assert QUESTION in page
        assert "7 High Street" not in page
        assert page.index(COMMITTEE) < page.index("Monday 1 June 2026") < page.index(REPLY)

    @pytest.mark.parametrize("allowed", [True, False])
    def test_a_name_is_shown_only_with_permission(self, ask, answered, publish, app, allowed):
        ask(may_name=allowed)
        answered()
        page = publish(with_name=True)

        assert page.status == (200 if allowed else 422)
        assert ("Derek Berry" in Visitor(app).open("/questions").body) is allowed

    def test_nothing_is_public_before_it_is_published(self, ask, answered, app):
        ask()
        answered()

        assert QUESTION not in Visitor(app).open("/questions").body

    def test_the_public_page_is_not_without_end(
        self, ask, answered, publish, app, stored, database
    ):
        ask()
        answered()
        publish()
        columns = {each.key: getattr(stored(), each.key) for each in Enquiry.__table__.columns}
        own = ("id", "reference", "code_hash", "press_key", "published_words")
        copied = {key: value for key, value in columns.items() if key not in own}
        with database.writing() as session:
            for number in range(public_questions.A_PAGE):
                words = f"Question {number}?"
                session.add(Enquiry(reference=words, published_words=words, **copied))

        pages = [Visitor(app).open(f"/questions?page={page}").body for page in (1, 2, 3, "x")]
        assert [page.count(" replied</h4>") for page in pages] == [50, 1, 1, 50]
        assert 'href="/questions?page=2" rel="next"' in pages[0]
        assert 'href="/questions?page=1" rel="prev"' in pages[1]
        (second,) = re.findall(r'voice-card[^>]* id="([^"]*)"', pages[1])
        assert f'id="{second}"' in Visitor(app).open(f"/questions?about={quote(second)}").body
        assert Visitor(app).open("/questions?about=unknown").body.count(" replied</h4>") == 50

    def test_what_is_withdrawn_is_public_no_more(
        self, ask, answered, publish, officer, address, app
    ):
        ask()
        answered()
        publish()
        officer.press(officer.open(address()), form=REPLY_FORM)

        assert QUESTION not in Visitor(app).open("/questions").body

    def test_the_front_page_leads_to_it(self, app):
        assert 'href="/questions"' in Visitor(app).open("/").body


class TestOfficers:
    def test_find_what_is_due_first_with_its_clock(self, ask, officer, clock):
        clock.moment = NOON - timedelta(days=2)
        ask()
        clock.moment = NOON

        page = officer.open("/officers/enquiries").body
        assert "Waiting (1)" in page
        assert "To be answered by Friday 12 June 2026 (<strong>in 11 days</strong>)" in page
        assert "waiting 2 days 0 h" in page

    def test_see_that_one_is_late(self, ask, officer, clock):
        clock.moment = NOON - timedelta(days=18)
        ask()
        clock.moment = NOON

        assert "3 days late" in officer.open("/officers/enquiries").body

    def test_of_another_team_find_nothing(self, ask, address, app, database):
        ask()
        other = Visitor(app)
        with database.writing() as session:
            sign_in(other.client, session, make_officer(session, team="roads"))

        assert "Waiting (0)" in other.open("/officers/enquiries").body
        assert other.open(address()).status == 404

    def test_cannot_reply_before_somebody_is_named(self, ask, answer):
        ask()
        page = answer()

        assert page.status == 422
        assert "First say who answers" in page.body
        assert words_in(page, "reply") == REPLY

    def test_are_told_so_as_well_where_the_edition_is_no_number(self, ask, officer, address):
        ask()
        form = officer.open(address()).forms[FIRST]
        hidden = [pair for pair in form.hidden if pair[0] != "edition"]
        sent = [*hidden, ("edition", "1" * 5000), ("change", "assign"), *day_of(5, 6)]
        page = officer.send(address(), [*sent, ("responder", "Somebody")])

        assert page.status == 422
        assert "Somebody else changed this meanwhile" in page.body

    def test_are_told_when_somebody_else_changed_it(self, ask, assign, officer, address):
        ask()
        before = officer.open(address())
        assign()
        page = officer.press(before, ("responder", "Somebody"), *day_of(5, 6), form=FIRST)

        assert page.status == 422
        assert "Somebody else changed this meanwhile" in page.body
        assert 'value="Somebody"' in page.body
