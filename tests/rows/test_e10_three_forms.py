"""E10, training of Lead Family Workers. TEST: one participant's three forms appear together."""

from tests.rows.coded import answer, cells, open_forms
from tests.rows.planned import new_officer
from tests.rows.test_b2_three_terms import open_only_person

FORMS = ("lfw_preparation", "lfw_self_assessment", "lfw_feedback")


def test_one_participants_three_forms_appear_together(app, clock, database):
    """E10 TEST."""
    for each in FORMS:
        open_forms(database, each, each.replace("_", "-"))
    code = answer(
        app, clock, "lfw-preparation", "", formal="A coaching course", objectives="Listen"
    )
    answer(app, clock, "lfw-preparation", None, formal="Somebody else's course")
    rate(app, clock, code)
    answer(app, clock, "lfw-feedback", code, overall="very_positive")

    officer = new_officer(app, database)
    page = open_only_person(officer, "lfw-feedback").body

    assert "3 forms by the same code" in page
    for words in ("A coaching course", "Empathy: 2", "Very positive"):
        assert words in page
    assert "Somebody else" not in page


def test_a_self_assessment_done_twice_shows_what_changed(app, clock, database):
    open_forms(database, "lfw_self_assessment", "lfw-self-assessment")
    code = rate(app, clock, "", empathy="s2", trust="s3")
    rate(app, clock, code, empathy="s4", trust="s4")

    page = open_only_person(new_officer(app, database), "lfw-self-assessment").body

    assert cells(page, "Empathy") == ["2", "4", "+2", "Significant progress"]
    assert cells(page, "Trust") == ["3", "4", "+1", ""]


def rate(app, clock, code, *, empathy="s2", trust="s3"):
    """Send in the self-assessment with these two qualities rated, by the code."""
    rest = ("humility", "integrity", "listening", "patience", "courage", "respect")
    rated = dict.fromkeys(rest, "s3") | {"empathy": empathy, "trust": trust}
    fields = {f"qualities-{quality}": column for quality, column in rated.items()}
    return answer(app, clock, "lfw-self-assessment", code, qualities=fields)
