"""Kinds of question on the web, from the page to the figures and the export."""

import html

from tests.factories import make_consultation, make_response
from tests.surveys.conftest import survey_asking
from tests.voice.web.visitor import answered
from voice.services import results
from voice.services.exports import stored_answers


def checked(visitor):
    """Return the page on which all answers are read back."""
    return html.unescape(visitor.open("/consultations/kinds/check").body)


BORN = {"code": "born", "kind": "date", "text": "When?", "lowest": "2006-01-01"}
WANTED = {
    "code": "wanted",
    "kind": "several",
    "text": "What first?",
    "most": 2,
    "options": [{"code": each, "label": each.title()} for each in ("bus", "swing", "bench")],
}
MEET = {"code": "meet", "kind": "time", "text": "When shall we meet?"}


class TestADate:
    def test_is_kept_year_first_and_read_back_in_words(self, asking, database):
        visitor, page = asking(BORN)

        visitor.press(page, ("born-day", "3"), ("born-month", "April"), ("born-year", "2009"))

        assert answered(database, "born") == [["2009-04-03"]]
        assert "3 April 2009" in checked(visitor)

    def test_comes_back_as_typed_when_there_is_no_such_day(self, asking, database):
        visitor, page = asking(BORN)

        again = visitor.press(page, ("born-day", "31"), ("born-month", "2"), ("born-year", "2009"))

        assert again.status == 422
        assert "Enter a real day, like 27 3 2009" in again.body
        for part, value in (("day", "31"), ("month", "2"), ("year", "2009")):
            assert (
                f'name="born-{part}" type="text" inputmode="numeric" value="{value}"' in again.body
            )
        assert answered(database, "born") == []

    def test_outside_its_ends_is_told_what_they_are(self, asking):
        visitor, page = asking(BORN)

        again = visitor.press(page, ("born-day", "1"), ("born-month", "2"), ("born-year", "1999"))

        assert "Enter 1 January 2006 or later" in again.body

    def test_stands_in_its_fields_for_whoever_comes_back_to_it(self, asking):
        visitor, page = asking(BORN)
        visitor.press(page, ("born-day", "3"), ("born-month", "4"), ("born-year", "2009"))

        page = visitor.ask("kinds", "born")

        assert 'name="born-month" type="text" inputmode="numeric" value="4"' in page.body

    def test_that_is_left_empty_is_skipped(self, asking, database):
        visitor, page = asking(BORN)

        visitor.press(page, ("born-day", ""), ("born-month", ""), ("born-year", ""))

        assert answered(database, "born") == [[]]

    def test_asks_for_no_more_than_its_precision(self, asking, database):
        visitor, page = asking({**BORN, "precision": "month", "lowest": "2006-01"})

        visitor.press(page, ("born-month", "4"), ("born-year", "2009"))

        assert "born-day" not in page.body
        assert answered(database, "born") == [["2009-04"]]


class TestSeveralWithLimits:
    def test_says_how_many_and_takes_them(self, asking, database):
        visitor, page = asking(WANTED)

        visitor.press(page, ("wanted", "bus"), ("wanted", "swing"))

        assert "Choose up to 2" in page.body
        assert answered(database, "wanted") == [["bus", "swing"]]

    def test_comes_back_ticked_when_it_is_too_many(self, asking, database):
        visitor, page = asking(WANTED)

        again = visitor.press(page, *(("wanted", each) for each in ("bus", "swing", "bench")))

        assert again.status == 422
        assert "Choose up to 2</a>" in again.body
        assert again.body.count(" checked") == 3
        assert answered(database, "wanted") == []


class TestATime:
    def test_is_kept_on_the_24_hour_clock_and_read_back_on_the_other(self, asking, database):
        visitor, page = asking(MEET)

        visitor.press(page, ("meet", "3.30pm"))

        assert answered(database, "meet") == [["15:30"]]
        assert "3:30pm" in checked(visitor)

    def test_comes_back_as_typed_when_it_is_none(self, asking, database):
        visitor, page = asking(MEET)

        again = visitor.press(page, ("meet", "after school"))

        assert again.status == 422
        assert "Enter a time, like 15:30 or 3:30pm" in again.body
        assert 'value="after school"' in again.body


NEEDS = {
    "code": "needs",
    "kind": "card_sort",
    "text": "Which pile?",
    "piles": [{"code": "have", "label": "I have this"}, {"code": "more", "label": "I want more"}],
    "cards": [
        {"code": "food", "label": "Food", "picture": "enough_food.svg"},
        {"code": "safe", "label": "Feeling safe", "symbol": "🛡️", "worry_in": ["more"]},
    ],
}
PLACE = {
    "code": "place",
    "kind": "picture_choice",
    "text": "Where?",
    "options": [
        {"code": "home", "label": "At home", "picture": "warm_home.svg"},
        {"code": "park", "label": "In the park", "symbol": "🌳"},
    ],
}


class TestACardSort:
    def test_is_kept_card_by_card_and_read_back_in_words(self, asking, database):
        visitor, page = asking(NEEDS)

        visitor.press(page, ("needs-food", "more"), ("needs-safe", "have"))

        assert answered(database, "needs") == [["food.more", "safe.have"]]
        assert "Food: I want more" in checked(visitor)

    def test_shows_help_when_a_card_lies_where_it_means_danger(self, asking):
        visitor, page = asking(NEEDS)

        page = visitor.press(page, ("needs-safe", "more"))

        assert page.address.endswith("/thank-you-for-telling-us")

    def test_comes_back_as_it_was_when_cards_are_missing(self, asking, database):
        visitor, page = asking(NEEDS | {"required": True})

        again = visitor.press(page, ("needs-safe", "have"))

        assert again.status == 422
        assert "Choose a place for every card" in again.body
        assert again.body.count(" checked") == 1
        assert answered(database, "needs") == []

    def test_is_counted_card_by_card(self, session):
        consultation = make_consultation(session, survey=survey_asking(NEEDS), slug="kinds")
        make_response(session, consultation, needs=["food.more", "safe.have"])
        make_response(session, consultation, needs=["safe.have"])

        (figures,) = results.question_figures(session, consultation)
        exported = [each["label"] for each in stored_answers(session, "kinds")]

        counted = {row.label: (row.count, row.base) for row in figures.rows}
        assert counted["Food: I want more"] == (1, 1)
        assert counted["Feeling safe: I have this"] == (2, 2)
        assert ["Feeling safe: I have this"] in exported


class TestAPictureChoice:
    def test_is_kept_as_any_choice_and_shows_its_pictures_beside_their_words(
        self, asking, database
    ):
        visitor, page = asking(PLACE)

        visitor.press(page, ("place", "home"))

        assert answered(database, "place") == [["home"]]
        assert '/static/pictures/warm_home.svg" alt=""' in page.body
        with visitor.client.get("/static/pictures/warm_home.svg") as picture:
            assert picture.mimetype == "image/svg+xml"


class TestTheFiguresAndTheExport:
    def test_of_a_time_tell_answered_and_skipped_apart(self, session):
        consultation = make_consultation(session, survey=survey_asking(MEET), slug="kinds")
        make_response(session, consultation, meet="noon")
        make_response(session, consultation, meet="")

        (figures,) = results.question_figures(session, consultation)
        exported = [each["value"] for each in stored_answers(session, "kinds")]

        assert (figures.base, figures.skipped, figures.not_asked) == (1, 1, 0)
        assert sorted(exported, key=str) == ["12:00", None]

    def test_tell_answered_skipped_and_not_asked_apart(self, session):
        consultation = make_consultation(session, survey=survey_asking(BORN), slug="kinds")
        make_response(session, consultation, born="3 April 2009")
        make_response(session, consultation, born="")
        make_response(session, consultation)

        (figures,) = results.question_figures(session, consultation)
        exported = {(each["status"], each["value"]) for each in stored_answers(session, "kinds")}

        assert (figures.base, figures.skipped, figures.not_asked) == (1, 1, 1)
        assert exported == {
            ("answered", "2009-04-03"),
            ("skipped", None),
            ("not_asked", None),
        }
