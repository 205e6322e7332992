"""A coding frame on its pages: taken in, looked at, used, and taken elsewhere."""

import io
import re

import pytest

from tests.factories import make_consultation
from tests.voice.themed import QUESTION, make_officer, make_people, make_theme, sign_in

LIST = f"/officers/consultations/early-help/questions/{QUESTION}/themes"
FILE = "key,name,note,keywords\nbus,Late buses,Late or full,late|full\nstaff,Kind staff,,\n"


class TestAFrame:
    def test_from_a_file_is_looked_at_before_it_is_used(self, officer):
        shown = _hand_in(officer, FILE)

        assert shown.status_code == 200
        assert "late | full" in shown.text
        assert "Added: 2" in shown.text
        assert "touched by nobody, so hidden: Buses" in shown.text
        assert "Late buses" not in officer.get(LIST).text

    def test_is_used_and_stands_in_the_list(self, officer):
        shown = _hand_in(officer, FILE).text

        reply = officer.post(f"{LIST}/frame/use", data=_fields(shown))

        page = officer.get(reply.location).text
        assert "These are the themes now" in page
        assert "Late buses" in page
        assert "Hidden themes (1)" in page

    def test_typed_is_looked_at_too(self, officer):
        fields = _fields(officer.get(f"{LIST}/frame").text)

        shown = officer.post(
            f"{LIST}/frame", data=fields | {"from": "typed", "typed": "Late buses: late | full"}
        )

        assert "late-buses" in shown.text

    def test_says_each_line_that_is_wrong_and_keeps_what_was_typed(self, officer):
        fields = _fields(officer.get(f"{LIST}/frame").text)
        typed = {"from": "typed", "typed": "Late buses\nlate buses\n: full"}

        refused = officer.post(f"{LIST}/frame", data=fields | typed)

        assert refused.status_code == 422
        assert "Line 3: there is no name before the colon" in refused.text
        assert "Late buses\nlate buses" in refused.text

    @pytest.mark.parametrize(
        ("file", "words"),
        [
            pytest.param("key,name\na,A\na,B\n", "Line 3: the key “a” comes", id="a key twice"),
            pytest.param("name\nA\n", "There is no column “key”", id="no keys"),
            pytest.param("", "is empty", id="nothing"),
        ],
    )
    def test_that_cannot_be_read_says_where(self, officer, file, words):
        refused = _hand_in(officer, file)

        assert refused.status_code == 422
        assert words in refused.text

    def test_is_not_used_after_somebody_changed_the_list(self, officer, theme):
        shown = _fields(_hand_in(officer, FILE).text)
        address = f"/officers/themes/{theme.id}"
        edit = re.search(r'name="edition" value="(\d+)"', officer.get(address).text)[1]
        officer.post(f"{address}/hide", data=shown | {"edition": edit})

        refused = officer.post(f"{LIST}/frame/use", data=shown)

        assert refused.status_code == 409
        assert "Nothing was changed" in refused.text

    def test_is_taken_elsewhere_as_a_file(self, officer, theme):
        reply = officer.get(f"{LIST}/frame.csv")

        assert f"{theme.key},Buses,,buses" in reply.text


@pytest.fixture
def theme(database):
    with database.writing() as session:
        asked = make_consultation(session)
        return make_theme(session, asked, make_people(session, asked, 9))


@pytest.fixture
def officer(client, database, theme):
    with database.writing() as session:
        sign_in(client, session, make_officer(session))
    return client


def _hand_in(client, file):
    fields = _fields(client.get(f"{LIST}/frame").text) | {"from": "file"}
    return client.post(
        f"{LIST}/frame", data=fields | {"file": (io.BytesIO(file.encode()), "frame.csv")}
    )


def _fields(page):
    """Return the hidden fields that the page's own forms send along."""
    main = page[page.index("<main") :]
    found = re.findall(r'<input[^>]*name="(csrf_token|frame|seen)"[^>]*value="([^"]*)"', main)
    return {name: value.replace("&#34;", '"') for name, value in found}
