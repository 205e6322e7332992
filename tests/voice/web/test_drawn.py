"""Parts of a page that are drawn once: never one that holds what somebody said."""

from types import SimpleNamespace

import pytest

from voice.web import drawn as drawing
from voice.web.drawn import drawn_once, drawn_question
from voice.web.languages import speak


@pytest.fixture
def macro():
    """A macro that remembers each time it drew."""
    drawn = []

    def draw(*given, **more):
        drawn.append((given, more))
        return f"drawing {len(drawn)}"

    return SimpleNamespace(draw=draw, drawn=drawn)


class TestDrawnOnce:
    def test_is_drawn_once_for_each_language_and_for_each_thing_given(self, app, macro):
        with app.test_request_context():
            first = [drawn_once(macro.draw, "a") for _ in range(3)]
            other = drawn_once(macro.draw, "b")
            speak("cy")
            welsh = drawn_once(macro.draw, "a")

        assert (first, other, welsh) == (["drawing 1"] * 3, "drawing 2", "drawing 3")


class TestAQuestion:
    def test_with_nothing_in_it_is_drawn_once_for_everybody(self, app, macro):
        question = object()

        with app.test_request_context():
            for _ in range(3):  # a page makes a new dictionary each time
                drawn_question(macro.draw, {"blank": question}, heading=True)
            drawn_question(macro.draw, {"blank": question}, heading=False)

        assert len(macro.drawn) == 2

    def test_that_only_looks_the_same_is_another(self, app, macro):
        with app.test_request_context():
            for question in ([1], [1]):  # equal, and two
                drawn_question(macro.draw, {"blank": SimpleNamespace(held=question)}, heading=True)

        assert len(macro.drawn) == 2

    def test_with_an_answer_in_it_is_drawn_for_whoever_gave_it(self, app, macro):
        with app.test_request_context():
            drawn = [drawn_question(macro.draw, {"blank": None}, heading=True) for _ in range(2)]

        assert drawn == ["drawing 1", "drawing 2"]

    def test_that_speaks_of_somebodys_answer_is_kept_for_nobody_else(self, asking):
        piped = {"code": "why", "kind": "free_text", "text": "Why is {answer:who} important?"}
        visitor, page = asking({"code": "who", "kind": "short_text", "text": "Who?"}, piped)
        kept = drawing._drawn_blank.cache_info().currsize

        page = visitor.press(page, ("who", "Canary Smith"))

        assert "Why is Canary Smith important?" in page.body
        assert drawing._drawn_blank.cache_info().currsize == kept
