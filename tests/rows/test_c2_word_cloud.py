"""Row C2: the words of an event, live on the screen of the room (K22)."""

import csv
import io
import re

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import survey_asking
from tests.voice.themed import make_officer
from voice.analysis.suppression import PUBLIC_SMALLEST_COUNT
from voice.models import Channel, Outcome, OutcomeKind
from voice.reports.word_cloud import draw_png, overlap, place_words
from voice.services import clouds, concerns
from voice.services.concerns import Heard
from voice.services.hub_filling import fill

WHAT = {"code": "what", "kind": "free_text", "text": "How do we overcome bullying?"}
SAID = {
    "Kindness and my friends": 12,
    "Talk to a fucking teacher": 9,
    "Daniel talks to people": 8,
    "Suicide": 9,
    "Brave": PUBLIC_SMALLEST_COUNT - 1,
}


class TestRowC2:
    """TEST: cloud from fixture answers, stop-words and unsafe words removed, table beside it.

    Accessible; downloadable; links to the outcome.
    """

    def test_shows_the_words_that_many_say(self, client, room):
        page = client.get(room).text

        drawn, table = (set(words) for words in (in_the_drawing(page), in_the_table(page)))
        assert drawn == table == {"kindness", "friends", "talk", "teacher", "people"}

    @pytest.mark.parametrize(
        "word",
        [
            pytest.param("and", id="a stop word"),
            pytest.param("fucking", id="a swear word"),
            pytest.param("daniel", id="a name"),
            pytest.param("suicide", id="a word of harm"),
            pytest.param("brave", id="a word of too few people"),
        ],
    )
    def test_leaves_out(self, client, room, word):
        assert word not in {*in_the_drawing(client.get(room).text)}

    def test_has_a_table_beside_it_with_rounded_numbers(self, client, room):
        page = client.get(room).text

        assert in_the_table(page)["talk"] == "15"
        assert in_the_table(page)["kindness"] == "10"
        assert 'role="img"' in page

    @pytest.mark.parametrize(
        ("kind", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"\xef\xbb\xbfword")]
    )
    def test_is_downloaded_as(self, client, room, kind, begins):
        reply = client.get(f"{room}/words.{kind}")

        assert reply.data.lstrip().startswith(begins)
        assert "attachment" in reply.headers["Content-Disposition"]

    def test_downloads_the_same_numbers(self, client, room):
        rows = list(csv.reader(io.StringIO(client.get(f"{room}/words.csv").text)))

        assert dict(rows[1:]) == in_the_table(client.get(room).text)

    def test_links_to_the_outcome_once_there_is_one(self, client, room, database):
        before = client.get(room).text
        with database.writing() as session:
            asked = clouds.get_open(session, room.rsplit("/", 1)[1]).consultation
            session.add(Outcome(consultation=asked, kind=OutcomeKind.DID, you_said="x", we_did="y",
                                press_key="p", published_at=NOON, theme_id=None))  # fmt: skip

        assert 'href="/outcomes">What changed' not in before
        assert 'href="/outcomes">What changed' in client.get(room).text


class TestTheRoom:
    def test_counts_by_itself_until_somebody_stops_it(self, client, room):
        assert client.get(room).headers["Refresh"] == "10"
        assert "Refresh" not in client.get(f"{room}?still=1").headers

    def test_sees_no_words_of_a_response_with_an_alert(self, client, room, database, people):
        with database.writing() as session:
            for one in people["Kindness and my friends"][:5]:
                heard = Heard(one.consultation_id, Channel.WEB, "he hits me", "what", one.id)
                concerns.screen_words(session, heard, now=NOON)

        assert "kindness" not in in_the_drawing(client.get(room).text)

    def test_sees_no_word_that_few_people_say_many_times(self, client, room, database, people):
        with database.writing() as session:
            for one in people["Kindness and my friends"]:
                session.merge(one).respondent = "the same person"

        assert "kindness" not in in_the_drawing(client.get(room).text)

    @pytest.mark.parametrize(
        ("sides", "is_shown"),
        [
            pytest.param([""], False, id="one person by a code"),
            pytest.param(["child", "parent"], False, id="both sides of a family"),
            pytest.param([f"side {n}" for n in range(8)], True, id="eight of them"),
        ],
    )
    def test_counts_answers_that_were_joined_as_one_persons(
        self, client, room, database, people, sides, is_shown
    ):
        with database.writing() as session:
            for number, one in enumerate(people["Kindness and my friends"]):
                response = session.merge(one)
                response.joined_hash, response.side = "hash", sides[number % len(sides)]

        assert ("kindness" in in_the_drawing(client.get(room).text)) is is_shown

    def test_sees_nothing_once_it_is_closed(self, client, clerk, room):
        page = clerk.get("/officers/consultations/event/cloud").text
        guard = re.search('name="csrf_token"[^>]*value="([^"]+)"', page)[1]
        sent = {"csrf_token": guard, "question": "what", "act": "close"}

        assert clerk.post("/officers/consultations/event/cloud", data=sent).status_code == 303
        assert client.get(room).status_code == 404

    def test_sees_no_word_that_an_officer_left_out(self, client, room, database):
        with database.writing() as session:
            asked = clouds.get_open(session, room.rsplit("/", 1)[1]).consultation
            who = make_officer(session)
            clouds.leave_out(session, asked, "what", "Friend", officer=who, now=NOON)

        assert "friends" not in in_the_drawing(client.get(room).text)


class TestTheDrawing:
    WORDS = tuple((f"word{'x' * (n % 9)}", 60 - n) for n in range(60))

    def test_is_the_same_each_time_and_no_word_lies_upon_another(self):
        placed = place_words(self.WORDS)

        assert len(placed) > 40
        assert placed == place_words.__wrapped__(self.WORDS)
        boxes = [each.box for each in placed]
        assert not any(overlap(one, two) for n, one in enumerate(boxes) for two in boxes[:n])

    def test_as_a_picture_is_the_same_each_time(self):
        assert draw_png(self.WORDS[:5]) == draw_png(self.WORDS[:5])


def in_the_drawing(page):
    return re.findall(r"<text[^>]*>([^<]+)</text>", page)


def in_the_table(page):
    rows = re.findall(r'<th scope="row"[^>]*>(?:<[^>]+>)*([^<]+).*?<td[^>]*>([^<]+)', page, re.S)
    return dict(rows)


@pytest.fixture
def people(database):
    """Those who said each of the words of the event."""
    with database.writing() as session:
        asked = make_consultation(session, survey=survey_asking(WHAT), slug="event")
        return {
            words: [make_response(session, asked, what=words) for _ in range(many)]
            for words, many in SAID.items()
        }


@pytest.fixture
def room(database, people):
    """The address of the room's screen, opened by an officer."""
    fill(database, since=None, now=NOON)
    with database.writing() as session:
        asked = session.merge(people["Brave"][0]).consultation
        cloud = clouds.open_cloud(session, asked, "what", make_officer(session), now=NOON)
        return f"/cloud/{cloud.code}"
