"""G6 and H10: what partners rate together, and which of it is lowest.

G6, Partnership Assessment Tool: about 20 partners rate five criteria; "lowest mean highlighted".
H10, workforce maturity: "ordinal rating -> partnership summary".
The partners' answers are made in the store here; the mark is read on the page of results.
"""

import re

from tests.rows.measuring import a_grid, open_asking, rate, row_of
from tests.voice.themed import make_officer, sign_in
from voice.services import results

LEAD = "% of people operating as Lead Professionals"
CRITERIA = ("Shared aims", "Sharing information", LEAD, "Joint training", "Hearing families")
LEVELS = ("Very poor", "Poor", "Fair", "Good", "Very good")
HEADINGS = (
    "Training & Development",
    "Performance Objectives",
    "Shared Opportunities across the Workforce",
    "Keyworker/frontline worker view of services",
)
MATURITY = ("Early", "Developing", "Maturing", "Mature")


def twenty_partners(session, consultation):
    for number in range(20):
        rate(session, consultation, 4 + number % 2, 3, 1 + number % 2, 3 + number % 2, 4)


def test_g6_the_lowest_mean_is_marked_with_its_base(session):
    consultation = open_asking(session, a_grid(CRITERIA, LEVELS))
    twenty_partners(session, consultation)

    (figures,) = results.question_figures(session, consultation)

    marked = {row[0]: row_of(figures, row[0])["Mean"] for row in figures.table.rows}
    assert marked == {
        "Shared aims": "4.5 (highest)",
        "Sharing information": "3.0",
        LEAD: "1.5 (lowest)",
        "Joint training": "3.5",
        "Hearing families": "4.0",
    }
    assert figures.note == f"Highest: Shared aims (4.5). Lowest: {LEAD} (1.5)."
    assert row_of(figures, LEAD)["Base (n)"] == "20"
    assert row_of(figures, LEAD)["Very poor"] == "10"


def test_g6_officers_see_the_mark_on_the_results_page(app, database):
    with database.writing() as session:
        consultation = open_asking(session, a_grid(CRITERIA, LEVELS))
        twenty_partners(session, consultation)
        officer = make_officer(session)
        browser = app.test_client()
        sign_in(browser, session, officer)

    page = browser.get("/officers/consultations/measured/results").text

    row = re.search(rf">{re.escape(LEAD)}</th>(.*?)</tr>", page, re.DOTALL)[1]
    assert "1.5 (lowest)" in row


def test_g6_a_row_that_some_left_out_has_its_own_base(session):
    consultation = open_asking(session, a_grid(CRITERIA, LEVELS))
    twenty_partners(session, consultation)
    rate(session, consultation, 5, None, None, None, None)

    (figures,) = results.question_figures(session, consultation)

    assert figures.base == 21
    assert row_of(figures, "Shared aims")["Base (n)"] == "21"
    assert row_of(figures, LEAD)["Base (n)"] == "20"


def test_g6_nothing_is_marked_where_all_means_are_alike(session):
    consultation = open_asking(session, a_grid(CRITERIA[:2], LEVELS))
    for _ in range(9):
        rate(session, consultation, 3, 3)

    (figures,) = results.question_figures(session, consultation)

    assert figures.note == ""
    assert "(lowest)" not in str(figures.table)


def test_h10_each_heading_has_one_rating_of_the_partnership(session):
    """H10: the middle answer is that rating, because the levels are an order and no amounts."""
    consultation = open_asking(session, a_grid(HEADINGS, MATURITY))
    for _ in range(5):
        rate(session, consultation, 1, 2, 2, 3)
    for _ in range(4):
        rate(session, consultation, 3, 2, 1, 3)

    (figures,) = results.question_figures(session, consultation)

    summary = {row[0]: row_of(figures, row[0])["Middle answer"] for row in figures.table.rows}
    assert summary == dict(
        zip(HEADINGS, ("Early", "Developing", "Developing", "Maturing"), strict=True)
    )
    assert row_of(figures, HEADINGS[0])["Early"] == "5"
    assert row_of(figures, HEADINGS[0])["Maturing"] == "withheld"
