"""A question as a page draws it: every option is there, whatever stands apart."""

import pytest

from surveys.questions import Choice, Faces, Several
from voice.web.public.asked import Sent, draw_question

PLAIN = [
    {"code": "a", "label": "A bus", "symbol": "🚌"},
    {"code": "b", "label": "A bench"},
]
NONE = {"code": "none", "label": "None of these", "exclusive": True}
DONT_KNOW = {"code": "dont_know", "label": "Don't know", "exclusive": True}
OTHER = {"code": "other", "label": "Something else", "specify": True}
ANOTHER = {"code": "another", "label": "Another way", "specify": True}


class TestTheOptionsOfAQuestion:
    @pytest.mark.parametrize(
        "options",
        [
            PLAIN,
            [*PLAIN, NONE],
            [*PLAIN, NONE, DONT_KNOW],
            [*PLAIN, OTHER, ANOTHER],
            [NONE, OTHER, *PLAIN, DONT_KNOW, ANOTHER],
        ],
        ids=["plain", "one alone", "two alone", "two to specify", "everything"],
    )
    def test_are_all_drawn_once(self, options):
        drawn = draw_question(
            Several(kind="several", code="q", text="What?", options=options), None
        )

        codes = [option[0] for option in drawn["options"]]
        codes += [drawn["exclusive"][0]] if "exclusive" in drawn else []
        codes += [drawn["other"]["value"]] if "other" in drawn else []
        assert sorted(codes) == sorted(option["code"] for option in options)

    def test_carry_their_picture_behind_the_hint(self):
        drawn = draw_question(Choice(kind="choice", code="q", text="What?", options=PLAIN), None)

        assert drawn["options"] == [
            ("a", "A bus", None, "🚌", ""),
            ("b", "A bench", None, "", ""),
        ]

    def test_are_feelings_where_they_are_faces(self):
        drawn = draw_question(Faces(kind="faces", code="q", text="How?", options=PLAIN), None)

        assert drawn["options"] == [("a", "A bus", "🚌"), ("b", "A bench", "")]


class TestWhatWasGiven:
    def test_is_shown_with_the_words_beside_it(self):
        question = Choice(kind="choice", code="q", text="What?", options=[*PLAIN, OTHER])

        drawn = draw_question(question, Sent(("other",), "a swing"), error="Choose one")

        assert (drawn["given"], drawn["other"]["text"]) == ("other", "a swing")
        assert drawn["error"] == "Choose one"
