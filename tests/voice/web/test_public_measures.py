"""Measures on the web without script, from the page to the figures and the export."""

import html

import pytest

from tests.factories import make_consultation, make_response
from tests.surveys.conftest import survey_asking
from tests.surveys.test_measures import COURSE, FIRST, RATED, SURE
from tests.voice.web.visitor import answered
from voice.services import results
from voice.services.exports import stored_answers


def checked(visitor):
    return html.unescape(visitor.open("/consultations/kinds/check").body)


def said(page):
    return html.unescape(page.body)


class TestAPercent:
    def test_is_kept_and_read_back_with_its_sign(self, asking, database):
        visitor, page = asking(SURE)

        visitor.press(page, ("sure", "80 percent"))

        assert answered(database, "sure") == [["80"]]
        assert "80%" in checked(visitor)

    def test_comes_back_as_typed_when_it_is_none(self, asking, database):
        visitor, page = asking(SURE)

        again = visitor.press(page, ("sure", "120"))

        assert again.status == 422
        assert "Enter a whole number from 0 to 100" in again.body
        assert 'value="120"' in again.body
        assert answered(database, "sure") == []


class TestAPair:
    def test_is_kept_and_read_back_with_its_labels(self, asking, database):
        visitor, page = asking(COURSE)

        visitor.press(page, ("course-start", "40"), ("course-end", "85%"))

        assert answered(database, "course") == [["40", "85"]]
        assert "Before the course: 40%\nAfter the course: 85%" in checked(visitor)

    def test_comes_back_with_the_one_that_was_typed(self, asking, database):
        visitor, page = asking(COURSE)

        again = visitor.press(page, ("course-start", ""), ("course-end", "85"))

        assert again.status == 422
        assert "‘Before the course’ and ‘After the course’" in said(again)
        assert 'name="course-end" type="text" inputmode="numeric" value="85"' in again.body
        assert answered(database, "course") == []

    def test_stands_in_its_fields_for_whoever_comes_back(self, asking):
        visitor, page = asking(COURSE)
        visitor.press(page, ("course-start", "40"), ("course-end", "85"))

        page = visitor.ask("kinds", "course")

        assert 'name="course-start" type="text" inputmode="numeric" value="40"' in page.body

    def test_left_empty_is_skipped(self, asking, database):
        visitor, page = asking(COURSE)

        visitor.press(page, ("course-start", ""), ("course-end", ""))

        assert answered(database, "course") == [[]]


class TestARanking:
    def test_is_kept_and_read_back_in_order(self, asking, database):
        visitor, page = asking(FIRST)

        visitor.press(page, ("first-bus", "2"), ("first-swing", "1"), ("first-bench", ""))

        assert answered(database, "first") == [["swing", "bus"]]
        assert "1. Swing\n2. Bus" in checked(visitor)

    def test_names_the_two_that_share_a_place_and_keeps_what_was_chosen(self, asking, database):
        visitor, page = asking(FIRST)

        again = visitor.press(page, ("first-bus", "1"), ("first-bench", "1"))

        assert again.status == 422
        assert "‘Bus’ and ‘Bench’ have the same place" in said(again)
        assert again.body.count('<option value="1" selected>') == 2
        assert answered(database, "first") == []

    def test_says_which_place_is_empty(self, asking):
        visitor, page = asking(FIRST)

        again = visitor.press(page, ("first-bus", "1"), ("first-bench", "3"))

        assert "Nothing has place 2" in again.body

    def test_has_no_more_places_than_it_asks_for(self, asking):
        _visitor, page = asking(FIRST | {"most": 2})

        assert "Rank your top 2" in page.body
        assert '<option value="3"' not in page.body

    def test_shows_its_order_to_whoever_comes_back(self, asking):
        visitor, page = asking(FIRST)
        visitor.press(page, ("first-bus", "2"), ("first-swing", "1"))

        page = visitor.ask("kinds", "first")

        bus = page.body.split('name="first-bus"')[1].split("</select>")[0]
        assert '<option value="2" selected>' in bus


class TestAGrid:
    def test_is_kept_and_read_back_row_by_row(self, asking, database):
        visitor, page = asking(RATED)

        visitor.press(page, ("rated-food", "good"), ("rated-room", "bad"))

        assert answered(database, "rated") == [["room.bad", "food.good"]]
        assert "The room: Bad\nThe food: Good" in checked(visitor)

    def test_lets_a_row_be_left_out(self, asking, database):
        visitor, page = asking(RATED)

        visitor.press(page, ("rated-food", "good"))

        assert answered(database, "rated") == [["food.good"]]

    def test_that_is_required_names_the_row_left_out_and_leads_to_it(self, asking):
        visitor, page = asking(RATED | {"required": True})

        again = visitor.press(page, ("rated-room", "bad"))

        assert again.status == 422
        assert "Choose an answer for ‘The food’" in said(again)
        assert 'id="rated" name="rated-food"' in again.body
        assert again.body.count(" checked") == 1

    def test_has_a_group_with_a_name_for_each_row(self, asking):
        _visitor, page = asking(RATED)

        assert page.body.count("<fieldset") == 3
        assert page.body.count("<legend") == 3


class TestTheFiguresAndTheExport:
    @pytest.mark.parametrize(
        ("question", "raw", "value", "label"),
        [
            (SURE, ["80"], "80", None),
            (COURSE, ["40", "85"], {"start": "40", "end": "85"}, None),
            (FIRST, ["swing", "bus"], ["swing", "bus"], ["Swing", "Bus"]),
            (RATED, ["food.good"], {"food": "good"}, {"The food": "Good"}),
        ],
        ids=["a percent", "a pair", "a ranking", "a grid"],
    )
    def test_tell_answered_skipped_and_not_asked_apart(self, session, question, raw, value, label):
        consultation = make_consultation(session, survey=survey_asking(question), slug="kinds")
        make_response(session, consultation, **{question["code"]: raw})
        make_response(session, consultation, **{question["code"]: ""})
        make_response(session, consultation)

        (figures,) = results.question_figures(session, consultation)
        exported = {str(each["value"]): each for each in stored_answers(session, "kinds")}

        assert (figures.base, figures.skipped, figures.not_asked) == (1, 1, 1)
        assert set(exported) == {str(value), "None"}
        assert exported[str(value)]["value"] == value
        assert exported[str(value)]["label"] == label
