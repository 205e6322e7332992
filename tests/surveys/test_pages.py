"""Which questions stand on one page."""

from surveys.answers import Answer
from surveys.pages import next_page, page_before, page_with, pages_of, place_of

YES_OR_NO = {
    "kind": "choice",
    "text": "Did you?",
    "options": [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}],
}
YES = {"went": Answer("went", ("yes",))}


def codes(*pages):
    return [tuple(question.code for question in page) for page in pages]


class TestAGroup:
    def test_stands_together_and_everything_else_alone(self, survey_of):
        survey = survey_of({"code": "a"}, {"code": "b", "page": "p"}, {"code": "c", "page": "p"})

        assert codes(*pages_of(survey, {})) == [("a",), ("b", "c")]

    def test_leaves_a_question_that_it_opens_itself_for_the_page_after(self, survey_of):
        survey = _visits(survey_of)

        assert codes(*pages_of(survey, {})) == [("went", "why"), ("end",)]
        assert codes(*pages_of(survey, YES)) == [("went", "why"), ("how",), ("end",)]

    def test_opens_that_page_next_once_it_is_answered(self, survey_of):
        answers = YES | {"why": Answer("why")}

        assert codes(next_page(pages_of(_visits(survey_of), answers), answers)) == [("how",)]

    def test_has_the_page_before_it_and_is_before_the_one_it_opens(self, survey_of):
        pages = pages_of(_visits(survey_of), YES)

        assert page_before(pages, "why") == ()
        assert codes(page_before(pages, "how")) == [("went", "why")]
        assert codes(page_before(pages, "end")) == [("how",)]

    def test_is_found_by_each_of_its_questions(self, survey_of):
        pages = pages_of(_visits(survey_of), {})

        assert page_with(pages, "why") == page_with(pages, "went")
        assert page_with(pages, "how") == ()

    def test_says_from_which_number_to_which_it_goes(self, survey_of):
        place = _place(_visits(survey_of), YES, "why")

        assert (place.first, place.last, place.total) == (1, 2, 4)

    def test_leaves_out_what_is_off_the_path(self, survey_of):
        opened = {"code": "b", "page": "p", "ask_if": {"question": "went", "is": "yes"}}
        survey = survey_of(YES_OR_NO | {"code": "went"}, opened, {"code": "c", "page": "p"})

        assert codes(*pages_of(survey, {})) == [("went",), ("c",)]
        assert codes(*pages_of(survey, YES)) == [("went",), ("b", "c")]


class TestAPageToRead:
    def test_counts_in_no_number(self, survey_of):
        told = {"code": "told", "kind": "information", "text": "Read this"}
        survey = survey_of({"code": "a"}, told, {"code": "b"})

        places = [_place(survey, {}, code) for code in ("a", "told", "b")]

        assert [(each.first, each.asks_nothing, each.total) for each in places] == [
            (1, False, 2),
            (2, True, 2),
            (2, False, 2),
        ]


def _place(survey, answers, code):
    return place_of(survey, answers, pages_of(survey, answers), code)


def _visits(survey_of):
    how = {"code": "how", "page": "visit", "ask_if": {"question": "went", "is": "yes"}}
    return survey_of(
        YES_OR_NO | {"code": "went", "page": "visit"},
        how,
        {"code": "why", "page": "visit"},
        {"code": "end"},
    )
