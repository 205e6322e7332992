"""Quotes of a theme: safe, permitted, with a label, and swapped with one press."""

import re

import pytest
from sqlalchemy import select

from surveys.engine import Survey
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import ABOUT
from tests.voice.themed import make_officer, sign_in
from voice.models import AnswerNote, AuditEntry, Mention, Response, Role, SetAsideQuote, Theme
from voice.services import responses

WORDS = (
    "The bus comes late every morning",
    "Nobody told us why there was no bus",
    "I miss my first lesson because we wait so long",
    "Please run more of them in the evening",
    "It is too full to get on after school",
)


class TestQuotes:
    def test_are_at_most_three_and_swapped_with_one_press(self, officer, made):
        page = officer.get(made.address).text
        assert _quoted(page) == list(WORDS[:3])

        after = officer.get(_swap(officer, made, page, place=1).location).text

        assert _quoted(after) == [WORDS[0], WORDS[2], WORDS[3]]
        assert "Somebody else is quoted now." in after
        assert "Bring back 1 swapped quote" in after

    def test_are_brought_back(self, officer, made):
        after = officer.get(_swap(officer, made, officer.get(made.address).text).location).text

        officer.post(f"{made.address}/quotes/back", data=_fields(after))

        assert _quoted(officer.get(made.address).text) == list(WORDS[:3])

    def test_are_swapped_by_one_of_two_people_at_once(self, officer, made):
        page = officer.get(made.address).text
        _swap(officer, made, page)

        again = _swap(officer, made, page)

        assert again.status_code == 409
        assert "Somebody else swapped that quote meanwhile" in again.text

    def test_tell_who_swapped_and_when(self, officer, made, database):
        _swap(officer, made, officer.get(made.address).text)

        with database.reading() as session:
            row = session.scalars(select(SetAsideQuote)).one()
            assert (row.officer_id, row.set_aside_at is not None) == (made.officer, True)
            assert "quote swapped" in set(session.scalars(select(AuditEntry.action)))

    def test_are_not_swapped_by_somebody_who_only_reads(self, client, database, made):
        with database.writing() as session:
            sign_in(client, session, make_officer(session, role=Role.ANALYST))

        assert "Swap quote" not in client.get(made.address).text
        assert client.post(f"{made.address}/quotes/swap").status_code == 403

    def test_leave_a_trace_of_nobody_who_is_gone(self, officer, made, database):
        _swap(officer, made, officer.get(made.address).text)

        with database.writing() as session:
            gone = session.scalars(select(SetAsideQuote.response_id)).one()
            responses.forget_response(session, session.get(responses.Response, gone))

        with database.reading() as session:
            assert session.scalars(select(SetAsideQuote)).all() == []

    def test_leave_out_what_could_tell_who_wrote_it(self, database, officer, make):
        made = make(words=("I am 14 and live near Quainton", *WORDS))

        assert "Quainton" not in officer.get(made.address).text.split("In people’s words")[1][:2000]

    def test_leave_out_whoever_did_not_say_yes_to_being_quoted(self, officer, make):
        made = make(permits=lambda place: "yes" if place == 3 else "no")

        assert _quoted(officer.get(made.address).text) == [WORDS[3]]

    def test_do_not_say_the_same_twice(self, officer, make):
        made = make(words=(WORDS[0], f"{WORDS[0]}!", WORDS[1]))

        assert _quoted(officer.get(made.address).text) == [WORDS[0], WORDS[1]]


class TestNearCopies:
    """What several people sent nearly alike, shown above the themes in the words of one of them."""

    def test_are_shown_in_the_words_of_somebody_who_said_yes(self, read_copies):
        page = read_copies(permits=lambda place: "yes" if place == 2 else "no")

        assert _quoted(page, after="nearly the same words") == ["Please mend the seats. Yes"]

    def test_are_counted_and_not_shown_where_nobody_said_yes(self, read_copies):
        page = read_copies(permits=lambda _: "no")

        assert "3 people sent nearly the same words." in page
        assert "mend the seats" not in page

    def test_show_no_words_that_could_tell_who_wrote_them(self, read_copies):
        page = read_copies("Please mend the bus to Quainton")

        assert "3 people sent nearly the same words." in page
        assert "Quainton" not in page

    @pytest.fixture
    def read_copies(self, officer, make, database):
        def read(words="Please mend the seats", *, permits=lambda _: "yes"):
            make(words=[f"{words}{end}" for end in ("", "!", ". Yes")], permits=permits)
            with database.writing() as session:
                for one in session.scalars(select(Response.id)).all():
                    session.add(
                        AnswerNote(response_id=one, question="say", near_copies=1, names=[])
                    )
            return officer.get("/officers/consultations/buses/questions/say/themes").text

        return read


class TestTheLabelOfAQuote:
    def test_says_role_and_age_where_enough_people_share_both(self, officer, make):
        made = make(words=WORDS * 2)

        assert "<footer>Young person, 14 to 15</footer>" in officer.get(made.address).text

    def test_says_as_much_as_enough_people_share(self, officer, make):
        made = make(words=WORDS * 2, ages=lambda place: "younger" if place % 2 else "older")

        assert "<footer>Young person</footer>" in officer.get(made.address).text

    def test_is_none_in_a_small_group(self, officer, make):
        made = make(words=WORDS)

        assert "<footer>Young person" not in officer.get(made.address).text


class Made:
    """A theme by its address, and the officer who works on it."""

    def __init__(self, address, officer):
        self.address = address
        self.officer = officer


@pytest.fixture
def officer(client, database, who):
    return client


@pytest.fixture
def who(client, database):
    with database.writing() as session:
        someone = make_officer(session)
        sign_in(client, session, someone)
        return someone.id


@pytest.fixture
def made(make):
    return make()


@pytest.fixture
def make(database, who):
    def make(words=WORDS, *, permits=lambda _: "yes", ages=lambda _: "older"):
        with database.writing() as session:
            asked = make_consultation(session, survey=_survey(), slug="buses")
            theme = Theme(
                consultation_id=asked.id, question="say", key="t1", label="Buses",
                found_label="Buses", description="", words=["bus"], place=0,
            )  # fmt: skip
            for place, text in enumerate(words):
                one = make_response(
                    session, asked, quote=permits(place), role="young", age=ages(place), say=text
                )
                one.answers["say"].tone = "neutral"
                theme.mentions.append(Mention(response_id=one.id, strength=1 - place / 100))
            session.add(theme)
            session.flush()
            return Made(f"/officers/themes/{theme.id}", who)

    return make


def _survey():
    def asked(code, kind, text, **options):
        shown = [{"code": key, "label": label} for key, label in options.items()]
        return {"code": code, "kind": kind, "text": text} | ({"options": shown} if shown else {})

    questions = [
        asked("quote", "consent", "We may quote my words"),
        asked("role", "choice", "Which describes you?", young="Young person", parent="Parent"),
        asked("age", "choice", "How old are you?", younger="11 to 13", older="14 to 15"),
        asked("say", "free_text", "What do you think of the buses?"),
    ]
    return Survey.model_validate(
        {"code": "buses", "title": "Buses", "about": ABOUT, "questions": questions}
    )


def _quoted(page, after="In people’s words"):
    part = page.partition(after)[2]
    return re.findall(r'<blockquote class="voice-quote">\s*<p>([^<]*)</p>', part)[:3]


def _fields(page):
    main = page[page.index("<main") :]
    guard = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', main)
    return {"csrf_token": guard[1]}


def _swap(officer, made, page, place=0):
    quoted = re.findall(r'name="response" value="([^"]+)"', page)[place]
    return officer.post(f"{made.address}/quotes/swap", data=_fields(page) | {"response": quoted})
