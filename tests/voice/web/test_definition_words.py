"""SEC-6: whatever an author writes into a survey is shown as typed, and never run as a template."""

import html

import pytest

from surveys.engine import Survey
from tests.factories import make_consultation
from tests.surveys.conftest import ABOUT
from tests.voice.web.visitor import Visitor

PAYLOADS = ("{{ 7*7 }}", "{% raw %}", "${7*7}", "{0.__class__}", "%(name)s", "{number}", "{#-")
ALL = " ".join(PAYLOADS)


@pytest.fixture
def visitor(app, database):
    asked = {
        "code": "asked",
        "title": f"Title {ALL}",
        "about": ABOUT | {key: f"{key} {ALL}" for key in ("what", "why", "who_for", "who_reads")},
        "questions": [
            {
                "code": "pick",
                "kind": "choice",
                "text": f"Pick {ALL}",
                "hint": f"Hint {ALL}",
                "options": [{"code": "a", "label": f"Choice {ALL}"}, {"code": "b", "label": "B"}],
            },
            {"code": "tell", "kind": "free_text", "text": f"Tell {ALL}", "intro": f"Intro {ALL}"},
        ],
    }
    with database.writing() as session:
        make_consultation(session, survey=Survey.model_validate(asked), slug="ours")
    return Visitor(app)


def shown(page):
    return " ".join(html.unescape(page.body).split())


class TestTheWordsOfADefinition:
    def test_stand_as_typed_on_every_page_of_a_survey(self, visitor):
        start = visitor.open("/consultations/ours")
        assert start.status == 200
        for beginning in ("Title", "what", "why", "who_for", "who_reads"):
            assert f"{beginning} {ALL}" in shown(start)

        first = visitor.press(start)
        for beginning in ("Pick", "Hint", "Choice"):
            assert f"{beginning} {ALL}" in shown(first)

        second = visitor.press(first, ("pick", "a"))
        assert f"Tell {ALL}" in shown(second)
        assert f"Intro {ALL}" in shown(second)

        check = visitor.press(second, ("tell", ALL))
        for beginning in ("Pick", "Choice", "Tell", ""):
            assert f"{beginning} {ALL}".strip() in shown(check)

    @pytest.mark.parametrize("address", ["/", "/consultations/ours/paper"])
    def test_stand_as_typed_on_the_list_and_on_paper(self, visitor, address):
        assert f"Title {ALL}" in shown(visitor.open(address))

    def test_stand_as_typed_in_the_chat(self, visitor):
        page = visitor.press(visitor.open("/consultations/ours/chat"))
        page = visitor.send(page.address, [*page.forms[0].hidden, ("words", "yes")])

        assert f"Pick {ALL}" in shown(page)
        assert f"Choice {ALL}" in shown(page)
