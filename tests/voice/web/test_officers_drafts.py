"""The author's desk: a survey written, tried and published in the browser, with no script."""

import io
import re
from html import unescape
from itertools import count

import pytest
from sqlalchemy import func, select

from surveys.definition import read_from_library, read_survey, read_yaml
from surveys.drafting.fields import kinds
from surveys.drafting.sketch import add, blank_sketch
from tests.conftest import COUNCIL, NOON, SECRET
from tests.factories import make_consultation
from tests.stores import new_sqlite
from tests.voice.themed import make_officer, sign_in
from voice.app import create_app
from voice.config import Settings
from voice.models import AnswerRow, Draft, Officer, Response
from voice.services import drafts

DESK = "/officers/drafts"
ABOUT = {
    "f-title": "How was it?",
    "f-code": "how_was_it",
    "f-audience": "adult",
    "f-about-what": "We ask how it was.",
    "f-about-why": "It helps us.",
    "f-about-who_for": "Everybody.",
    "f-about-minutes": "2",
    "f-about-what_happens": "We read it.",
    "f-about-who_reads": "A small team.",
}
TEAMS = count(1)
GONE = {"f-text": "Did you go?", "f-options-more": "Yes\nNo\n"}


class Author:
    """Somebody at the desk in a browser without script: sees a page, sends its form."""

    def __init__(self, client):
        self.client = client
        self.page = None

    def open(self, address):
        self.page = self.client.get(address, follow_redirects=True)
        return self.page.text

    def send(self, address, **fields):
        """Send these fields with everything that the form's page carries."""
        given = {name.replace("__", "-"): value for name, value in fields.items()}
        self.page = self.client.post(address, data=self.carried() | given, follow_redirects=True)
        return self.page.text

    def carried(self):
        names = "csrf_token|edition|press|so-far|walk|asked"
        found = re.findall(rf'name="({names})"[^>]*? value="([^"]*)"', self.page.text)
        return {name: unescape(value) for name, value in found}

    def marks(self):
        """Return the marks of the warnings that the page asks its reader to read."""
        return re.findall(r'name="mark" value="(\w+)"', self.page.text)

    def begin(self, title="How was it?"):
        self.open(DESK)
        self.send(DESK, how="blank", title=title)
        return self.page.request.path

    def add(self, draft, kind, **fields):
        """Add a question of this kind and write it; return its own address."""
        self.open(draft)
        self.send(f"{draft}/questions", kind=kind)
        address = self.page.request.path
        self.write(address, **fields)
        return address

    def write(self, address, **fields):
        page = self.open(address)
        place = re.search(r'name="place" type="text" value="(\d+)"', page)[1]
        kind = re.search(r'name="kind".*?<option value="([^"]+)" selected', page, re.DOTALL)[1]
        return self.send(address, **({"kind": kind, "place": place} | fields))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """One application and store for the whole file; each author works in a team of their own."""
    folder = tmp_path_factory.mktemp("desk")
    store = new_sqlite(folder)
    yield create_app(Settings(folder, "", SECRET, COUNCIL), store, now=lambda: NOON), store
    store.close()


@pytest.fixture
def database(desk):
    return desk[1]


@pytest.fixture
def team():
    return f"team {next(TEAMS)}"


@pytest.fixture
def author(desk, team):
    app, store = desk
    client = app.test_client()
    with store.writing() as session:
        sign_in(client, session, make_officer(session, team=team))
    return Author(client)


@pytest.fixture
def draft(author, database, team):
    """The address of a draft of two questions, open: one to choose, one in words."""
    sketch = blank_sketch("How was it?")
    options = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]
    sketch = add(sketch, {"kind": "choice", "text": "Did you go?", "options": options})
    sketch = add(sketch, {"kind": "free_text", "text": "What was it like?"})
    with database.writing() as session:
        officer = session.scalars(select(Officer).where(Officer.team == team)).one()
        address = f"{DESK}/{drafts.start_draft(session, sketch, officer, now=NOON).id}"
    author.open(address)
    return address


def definition_of(author, draft):
    return read_survey(author.client.get(f"{draft}/survey.yaml").text)


def sketch_at(database, draft):
    with database.reading() as session:
        found = session.scalars(select(Draft)).all()
        return next(drafts.sketch_in(each) for each in found if str(each.id) in draft)


class TestBeginning:
    def test_with_an_empty_page_needs_a_title_only(self, author):
        page = author.open(author.begin("Buses"))

        assert "Buses" in page
        assert "No questions yet" in page

    def test_without_a_title_says_so(self, author):
        author.open(DESK)

        page = author.send(DESK, how="blank", title=" ")

        assert author.page.status_code == 422
        assert "Write a title" in page

    def test_from_the_library_is_that_survey(self, author):
        author.open(DESK)
        author.send(DESK, how="library", library="early_help_2017")

        assert definition_of(author, author.page.request.path) == read_from_library(
            "early_help_2017"
        )

    def test_from_a_consultation_is_a_copy_of_its_survey(self, author, database, team):
        """A14: clone last year's survey."""
        with database.writing() as session:
            make_consultation(session, survey="yos_victim_feedback", slug="last-year", team=team)
        author.open(DESK)

        author.send(DESK, how="copy", copy="last-year")

        assert definition_of(author, author.page.request.path) == read_from_library(
            "yos_victim_feedback"
        )

    def test_from_a_file_takes_what_a_download_gives(self, author, draft):
        text = author.client.get(f"{draft}/survey.yaml").data
        author.open(DESK)

        author.send(DESK, how="file", file=(io.BytesIO(text), "mine.yaml"))

        assert author.client.get(f"{author.page.request.path}/survey.yaml").data == text

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            pytest.param(b"a: [", "line 1", id="no YAML"),
            pytest.param(b"\xff\xfe", "not UTF-8", id="no UTF-8"),
            pytest.param(b"x" * 300_000, "larger than", id="too large"),
            pytest.param(b"- a\n", "no map", id="a list"),
        ],
    )
    def test_from_a_file_that_cannot_be_read_begins_nothing(
        self, author, database, team, sent, words
    ):
        author.open(DESK)

        page = author.send(DESK, how="file", file=(io.BytesIO(sent), "mine.yaml"))

        assert author.page.status_code == 422
        assert words in page
        with database.reading() as session:
            assert session.scalars(select(Draft).where(Draft.team == team)).all() == []

    def test_keeps_an_unsound_file_with_its_faults(self, author):
        text = b"title: Half\nquestions:\n  - {code: a, kind: choice, text: Which?}\n"
        author.open(DESK)

        page = author.send(DESK, how="file", file=(io.BytesIO(text), "mine.yaml"))

        assert "Answers to choose from: is missing; add it" in page

    def test_lists_what_was_put_away_and_takes_it_up_again(self, author, draft):
        author.open(DESK)
        author.send(f"{draft}/away")
        assert "Put away (1)" in author.page.text

        author.send(f"{draft}/away", back="yes")

        assert "Put away (1)" not in author.page.text


class TestWriting:
    def test_options_are_typed_one_on_each_line(self, author, draft):
        asked = definition_of_question(author, draft, 0)

        assert [(each["code"], each["label"]) for each in asked["options"]] == [
            ("yes", "Yes"),
            ("no", "No"),
        ]

    def test_options_move_by_their_number_and_go_when_emptied(self, author, draft, database):
        address = f"{draft}/questions/q1"
        rows = {
            "f-text": "Did you go?",
            "f-options-0-was": "yes", "f-options-0-place": "3", "f-options-0-label": "Yes!",
            "f-options-0-code": "yes", "f-options-0-worry": "yes",
            "f-options-1-was": "no", "f-options-1-place": "2", "f-options-1-label": "",
            "f-options-1-code": "no", "f-options-more": "Not yet\nNever",
        }  # fmt: skip

        author.write(address, **rows)

        options = sketch_at(database, draft).questions[0].written["options"]
        assert options == [
            {"code": "yes", "label": "Yes!", "worry": True},
            {"code": "not_yet", "label": "Not yet"},
            {"code": "never", "label": "Never"},
        ]

    def test_an_unfinished_question_is_kept_as_typed_with_its_errors(self, author, draft, database):
        page = author.write(f"{draft}/questions/q1", **{"f-text": "Did you?", "f-code": "Not OK"})

        kept = sketch_at(database, draft).questions[0].written
        assert (kept["text"], kept["code"]) == ("Did you?", "Not OK")
        assert 'href="#f-code"' in page
        assert "is no code" in page
        assert "Mend this" in author.open(draft)

    def test_another_kind_sets_aside_what_does_not_fit_and_gives_it_back(
        self, author, draft, database
    ):
        address = f"{draft}/questions/q1"
        keep = {f"f-options-{n}-{part}": value for n, row in enumerate(("yes", "no"))
                for part, value in (("was", row), ("place", str(n + 1)), ("code", row),
                                    ("label", row.title()))}  # fmt: skip
        author.write(address, **{"f-text": "Did you go?", **keep, "kind": "free_text"})
        assert "options" not in sketch_at(database, draft).questions[0].written

        author.write(address, **{"f-text": "Did you go?", "kind": "scale"})

        written = sketch_at(database, draft).questions[0].written
        assert written["kind"] == "scale"
        assert [each["label"] for each in written["options"]] == ["Yes", "No"]

    def test_every_kind_can_be_added_and_drawn_with_all_its_fields(self, author, draft):
        """A kind of question that is added to the service is on the desk by itself."""
        for kind in kinds().values():
            page = author.open(author.add(draft, kind.name, **{"f-text": "What?"}))

            missing = [f.name for f in kind.own_fields if f'id="f-{f.name}' not in page]
            assert (author.page.status_code, missing) == (200, [])

    def test_the_start_page_is_written_too(self, author, draft):
        author.open(f"{draft}/about")

        page = author.send(f"{draft}/about", **ABOUT)

        assert "Saved." in page
        assert definition_of(author, draft).about.minutes == 2

    def test_hostile_words_come_back_as_typed(self, author, draft, database):
        words = "<script>alert(1)</script> {{ 7*7 }} 'é' \u202e \U0001f600\n  two"

        page = author.write(f"{draft}/questions/q2", **{"f-text": words.replace("\n", "\r\n")})

        assert sketch_at(database, draft).questions[1].written["text"] == words
        assert "<script>alert" not in page


def definition_of_question(author, draft, place):
    text = author.client.get(f"{draft}/survey.yaml").text
    return read_yaml(text, name="it")["questions"][place]


class TestReading:
    def test_shows_how_old_one_must_be_for_each_text_the_hardest_first(self, author, draft):
        hard = "Notwithstanding administrative considerations, which institutions materialise?"
        easy = "What do you like to do when you are at home?"
        for text in (easy, hard):
            author.add(draft, "free_text", **{"f-text": text})

        page = author.open(f"{draft}/reading")

        ages = [int(each) for each in re.findall(r"--numeric\">(\d+)<", page)]
        assert ages == sorted(ages, reverse=True)
        assert len(ages) == 2
        assert page.index(hard) < page.index(easy)
        assert ages[0] > 18 > ages[1]

    def test_asks_to_mend_a_draft_that_cannot_be_read(self, author):
        empty = author.begin()

        assert "Mend what is marked" in author.open(f"{empty}/reading")


class TestRouting:
    def test_asks_only_if_the_rows_say_so(self, author, draft):
        page = author.write(
            f"{draft}/questions/q2",
            **{"f-text": "Like?", "f-ask_if-0-test": "only", "f-ask_if-0-answer": "question_1.yes"},
        )

        assert definition_of_question(author, draft, 1)["ask_if"] == {
            "question": "question_1", "is": "yes",
        }  # fmt: skip
        assert 'value="question_1.yes" selected' in page
        assert "Asked only of people who answered ‘Yes’ to “Did you go?”" in author.open(draft)

    def test_joins_rows_by_any(self, author, draft):
        rows = {
            "f-ask_if-join": "any",
            "f-ask_if-0-test": "skipped", "f-ask_if-0-answer": "question_1",
            "f-ask_if-1-test": "not_chose", "f-ask_if-1-answer": "question_1.no",
        }  # fmt: skip
        author.write(f"{draft}/questions/q2", **{"f-text": "Like?", **rows})

        assert definition_of_question(author, draft, 1)["ask_if"] == {
            "any": [
                {"question": "question_1", "skipped": True},
                {"not": {"question": "question_1", "includes": "no"}},
            ]
        }

    def test_keeps_a_rule_that_rows_cannot_say(self, author, draft):
        by_hand = "all:\n- question: question_1\n  is: yes\n- any:\n  - {channel: web}\n"

        page = author.write(
            f"{draft}/questions/q2", **{"f-text": "Like?", "f-ask_if-by_hand": by_hand}
        )

        assert "This rule says more than the rows" in page
        assert definition_of_question(author, draft, 1)["ask_if"]["all"][1] == {
            "any": [{"channel": "web"}]
        }

    def test_looks_at_the_way_at_who_answers_and_through_what(self, author, draft):
        rows = {
            "f-ask_if-0-test": "by", "f-ask_if-0-answer": "-capacity.organisation",
            "f-ask_if-1-test": "not_by", "f-ask_if-1-answer": "-channel.telegram",
        }  # fmt: skip
        page = author.write(f"{draft}/questions/q2", **{"f-text": "Like?", **rows})

        assert definition_of_question(author, draft, 1)["ask_if"] == {
            "all": [{"capacity": "organisation"}, {"not": {"channel": "telegram"}}]
        }
        assert 'value="-capacity.organisation" selected>As: An organisation<' in page
        assert 'value="-channel.telegram" selected>Through: Telegram<' in page
        assert (
            "Asked only of people who answer as ‘An organisation’ and "
            "who do not answer through ‘Telegram’"
        ) in author.open(draft)

    def test_the_first_question_can_depend_on_that_too(self, author, draft):
        row = {"f-ask_if-0-test": "by", "f-ask_if-0-answer": "-channel.paper"}
        author.write(f"{draft}/questions/q1", **{"f-text": "Did you go?", **row})

        assert definition_of_question(author, draft, 0)["ask_if"] == {"channel": "paper"}


class TestArranging:
    def test_moves_and_the_focus_stays_with_the_button(self, author, draft, database):
        reply = author.client.post(
            f"{draft}/arrange", data=author.carried() | {"action": "down q1"}
        )

        assert reply.location.endswith("#up-q1")
        assert [each.key for each in sketch_at(database, draft).questions] == ["q2", "q1"]

    def test_moves_to_a_place(self, author, draft, database):
        author.write(f"{draft}/questions/q2", **{"f-text": "Like?", "place": "1"})

        assert [each.key for each in sketch_at(database, draft).questions] == ["q2", "q1"]

    def test_duplicates(self, author, draft, database):
        author.send(f"{draft}/arrange", action="copy q1")

        codes = [each.code for each in sketch_at(database, draft).questions]
        assert codes == ["question_1", "question_1_2", "question_2"]

    def test_deletes_and_undoes_it(self, author, draft, database):
        before = sketch_at(database, draft)
        page = author.send(f"{draft}/arrange", action="delete q1")
        assert "The question is deleted." in page
        assert len(sketch_at(database, draft).questions) == 1

        author.send(f"{draft}/arrange", action="back q1")

        assert sketch_at(database, draft) == before


class TestTwoAuthors:
    def test_the_second_is_told_and_keeps_their_words(self, author, draft):
        author.open(f"{draft}/questions/q2")
        stale = author.carried()
        author.write(f"{draft}/questions/q1", **{"f-text": "Did you go there?"})

        reply = author.client.post(
            f"{draft}/questions/q2",
            data=stale | {"kind": "free_text", "place": "2", "f-text": "My own words"},
        )

        assert reply.status_code == 409
        assert "Somebody else changed this draft" in reply.text
        assert "My own words" in reply.text

    def test_words_for_a_question_deleted_meanwhile_are_kept_as_a_new_one(
        self, author, draft, database
    ):
        author.open(f"{draft}/questions/q2")
        stale = author.carried()
        author.open(draft)
        author.send(f"{draft}/arrange", action="delete q2")

        author.client.post(
            f"{draft}/questions/q2", data=stale | {"kind": "free_text", "f-text": "Mine"}
        )

        assert sketch_at(database, draft).questions[-1].written["text"] == "Mine"

    def test_an_expired_page_keeps_the_words(self, author, draft):
        author.open(f"{draft}/questions/q2")

        reply = author.client.post(
            f"{draft}/questions/q2", data={"kind": "free_text", "f-text": "Mine", "edition": "1"}
        )

        assert reply.status_code == 422
        assert "Mine" in reply.text

    def test_another_team_finds_nothing(self, desk, draft):
        app, store = desk
        client = app.test_client()
        with store.writing() as session:
            sign_in(client, session, make_officer(session, team="roads"))

        assert client.get(draft).status_code == 404


class TestTrying:
    def test_shows_a_phone_and_a_chat_side_by_side(self, author, draft):
        page = author.open(f"{draft}/try")

        assert page.count("Did you go?") >= 2
        assert "voice-chat-option" in page
        assert "Question 1 of 2" in page

    def test_walks_to_the_end_and_stores_nothing(self, author, draft, database):
        address = f"{draft}/try"
        author.open(address)
        author.send(address, question_1="yes")
        assert "What was it like?" in author.page.text
        page = author.send(address, question_2="Fine")

        assert "This is the end." in page
        assert "Fine" in page
        with database.reading() as session:
            assert session.scalar(select(func.count()).select_from(AnswerRow)) == 0
            assert session.scalar(select(func.count()).select_from(Response)) == 0

    def test_shows_what_was_skipped_and_what_was_not_asked(self, author, draft):
        author.write(
            f"{draft}/questions/q2",
            **{"f-text": "Like?", "f-ask_if-0-answer": "question_1.yes"},
        )
        author.open(f"{draft}/try")

        page = author.send(f"{draft}/try", skip="yes")

        assert "Skipped" in page
        assert "Not asked" in page
        assert "This is the end." in page

    def test_goes_back_with_the_answers_before_it(self, author, draft):
        address = f"{draft}/try"
        author.open(address)
        author.send(address, question_1="yes")

        page = author.send(address, back="yes")

        assert "Question 1 of 2" in page

    def test_lists_all_ways_through(self, author):
        author.open(DESK)
        author.send(DESK, how="library", library="early_help_2017")

        page = author.open(f"{author.page.request.path}/try")

        assert "All ways through (2)" in page
        assert "1 to 17" in page
        assert "1 to 8, 18 to 20" in page

    def test_shows_a_variant_as_those_meet_it_whom_it_is_for(self, author, draft, database):
        variant = (
            "- {code: easy, name: Easy words, questions: {question_1: {text: Were you there?}}}"
        )
        text = author.client.get(f"{draft}/survey.yaml").text
        file = f"{text}variants:\n- {{code: all, name: All}}\n{variant}\n"
        author.open(DESK)
        author.send(DESK, how="file", file=(io.BytesIO(file.encode()), "mine.yaml"))
        address = f"{author.page.request.path}/try"

        page = author.open(f"{address}?variant=easy")

        assert "Were you there?" in page
        assert "Were you there?" not in author.open(address)
        assert "/try?variant=easy" in page

    @pytest.mark.parametrize("carried", ["no json", "[1]", '[["question_1", [1], ""]]', "{}"])
    def test_takes_no_harm_from_what_no_page_carries(self, author, draft, carried):
        author.open(f"{draft}/try")

        page = author.send(f"{draft}/try", so__far=carried, question_1="yes")

        assert author.page.status_code == 200
        assert "What was it like?" in page
