"""K1: a postcode kept as its ward, by every door; the whole one is nowhere in the store."""

import json
import re

import pytest

from surveys.engine import Survey
from tests.factories import make_consultation
from tests.rows.test_k2_imports import Clerk as Importer
from tests.surveys.conftest import ABOUT
from tests.voice.web.test_officers_entering import Clerk as Typist
from tests.voice.web.visitor import Visitor, answered
from voice.services.exports import stored_answers

SLUG = "early-help"
BASE = f"/officers/consultations/{SLUG}"
TOLD = "We keep only the ward, such as the name of a town, or the first half of the postcode"
REASON = "We keep your whole postcode so that we can show which streets have no bus."
HOME = {"code": "home", "kind": "postcode", "text": "Where do you live?"}
WARDS = {"HP20": "Aylesbury Central", "HP20 1": "Aylesbury North"}
WHY = {"code": "why", "kind": "free_text", "text": "What would help?"}
NORTH, CENTRAL, UNKNOWN = "HP20 1ZX", "hp202zx", "MK18 1ZX"
WHOLE = re.compile(rb"HP20 ?[12]ZX|MK18 ?1ZX", re.IGNORECASE)


class TestAWard:
    def test_is_what_people_are_told_of_before_they_answer(self, asked):
        page = asked().begin(SLUG)

        assert TOLD in page.body

    def test_alone_is_kept_by_a_page_a_chat_a_paper_and_a_file(self, everybody, database):
        kept = sorted(each[0] for each in answered(database, "home"))

        assert kept == [*["Aylesbury Central"] * 5, *["Aylesbury North"] * 5, "MK18"]

    def test_of_a_postcode_in_none_is_its_first_half_and_nobody_is_told(self, asked, database):
        visitor = asked()
        page = visitor.press(visitor.begin(SLUG), ("home", UNKNOWN))

        assert (page.status, "What would help?" in page.body) == (200, True)
        assert answered(database, "home") == [["MK18"]]
        assert "no ward" not in page.body.lower()

    def test_leaves_no_whole_postcode_in_any_file_of_the_store(self, everybody, tmp_path, caplog):
        left = {path: path.read_bytes() for path in tmp_path.rglob("voice.db*")}
        left["the log"] = "".join(f"{each.__dict__}" for each in caplog.records).encode()

        assert b"Aylesbury North" in b"".join(left.values())
        assert [name for name, content in left.items() if WHOLE.search(content)] == []

    def test_comes_back_when_its_page_is_opened_again_and_is_kept_when_sent_again(
        self, asked, database
    ):
        visitor = asked()
        visitor.press(visitor.begin(SLUG), ("home", NORTH))
        page = visitor.ask(SLUG, "home")
        assert 'value="Aylesbury North"' in page.body

        visitor.press(page, ("home", "Aylesbury North"))
        assert answered(database, "home") == [["Aylesbury North"]]

    def test_has_its_count_in_the_results_and_no_postcode_is_there(self, everybody, clerk):
        page = clerk.get(f"{BASE}/results").text

        assert _row(page, "Aylesbury North") == ["5 of 11", "45%"]
        assert _row(page, "Aylesbury Central") == ["5 of 11", "45%"]
        assert not WHOLE.search(page.encode())

    def test_is_what_the_export_holds(self, everybody, database):
        with database.reading() as session:
            exported = json.dumps(list(stored_answers(session, SLUG)))

        assert exported.count("Aylesbury North") == 5
        assert not WHOLE.search(exported.encode())


class TestAWholePostcode:
    def test_is_kept_only_after_everybody_could_read_why(self, asked, database):
        visitor = asked(keeps="whole", reason=REASON, wards={})
        first = visitor.open(f"/consultations/{SLUG}")
        page = visitor.press(first)

        assert REASON in first.body
        assert REASON in page.body
        visitor.press(page, ("home", NORTH.lower()))
        assert answered(database, "home") == [[NORTH]]

    def test_is_exported_whole_and_shown_by_district(self, asked, clerk, database):
        for _ in range(6):
            _answer(asked(keeps="whole", reason=REASON, wards={}), NORTH)

        page = clerk.get(f"{BASE}/results").text
        with database.reading() as session:
            exported = json.dumps(list(stored_answers(session, SLUG)))

        assert _row(page, "HP20") == ["6 of 6", "100%"]
        assert NORTH not in page
        assert exported.count(NORTH) == 6


def _row(page, label):
    """Return the cells beside a label in a table of the page."""
    row = re.search(rf"<th[^>]*>\s*{label}\b.*?</th>(.*?)</tr>", page, re.DOTALL)
    return re.findall(r"<td[^>]*>\s*([^<]*?)\s*</td>", row[1]) if row else []


def _answer(visitor, postcode):
    page = visitor.press(visitor.begin(SLUG), ("home", postcode))
    visitor.press(page, ("why", "Buses"))
    visitor.press(visitor.open(f"/consultations/{SLUG}/check"))


@pytest.fixture
def asked(app, database):
    """Open a survey of a postcode and words, once; each call is a new browser."""
    opened = []

    def browser(**keys):
        question = HOME | {"keeps": "ward", "wards": WARDS} | keys
        whole = {"code": "homes", "title": "Homes", "about": ABOUT, "questions": [question, WHY]}
        if not opened:
            with database.writing() as session:
                survey = Survey.model_validate(whole)
                opened.append(make_consultation(session, survey=survey, slug=SLUG).slug)
        return Visitor(app)

    return browser


@pytest.fixture
def everybody(asked, browse):
    """Five people of each ward and one of none: on pages, in a chat, on paper and in a file."""
    for postcode in (*[NORTH] * 2, *[CENTRAL] * 5, UNKNOWN):
        _answer(asked(), postcode)
    visitor = asked()
    page = visitor.press(visitor.open(f"/consultations/{SLUG}/chat"))
    for words in ("yes", NORTH, "Buses", "no"):
        page = visitor.send(page.address, [*page.forms[0].hidden, ("words", words)])
    assert Typist(browse()).save(home=NORTH, why="Buses").status_code == 200
    page = Importer(browse()).bring_in(f"home,why\n{NORTH},Buses\n")
    assert "1 answer" in page.text
