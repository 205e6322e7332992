"""E8 and E12, training: "average increase per course reproduced".

The published tables are whole per cents, and so are the averages of these fixtures before they are
rounded; the raw pairs are kept, so that a start, an end and an increase can all be shown.
"""

import pytest

from tests.factories import make_response
from tests.rows.measuring import open_asking, row_of
from voice.services import results
from voice.services.exports import stored_answers

DELEGATES = 10
COURSE = {
    "code": "confidence",
    "kind": "pair",
    "text": "How confident are you?",
    "start": "Start of the course",
    "end": "End of the course",
}
# Source: BSCB, training 2017/18, start and end of each course in per cent.
STARTS_AND_ENDS = {
    "Child Sexual Exploitation": (54, 84, 30),
    "Domestic Abuse": (57, 82, 25),
    "Everyone's Responsibility": (61, 81, 20),
    "Family Outcomes Star": (46, 84, 38),
    "Graded Care Profile": (53, 92, 39),
    "Mentally Ill Parents": (47, 78, 31),
    "Neglect": (64, 84, 20),
    "Protecting Disabled Children": (63, 82, 19),
    "Working Together": (63, 82, 19),
    "Working with Challenging Families": (61, 84, 23),
}
# Source: BSCB, Figure 25, 2015/16: the average increase alone.
INCREASES = {
    "Everyone's Responsibility": 16,
    "Working Together": 20,
    "CSE": 26,
    "Domestic Abuse": 25,
    "Neglect": 19,
    "Mentally Ill Parents & their Children": 21,
    "Child Sexual Abuse": 18,
    "Working with Challenging Families": 21,
    "Effective Core Groups": 24,
}


@pytest.fixture
def courses(session):
    """Return a function that opens an evaluation with ten delegates on each course."""

    def held(means):
        consultation = open_asking(session, COURSE)
        for course, (start, end) in means.items():
            for number in range(DELEGATES):
                apart = 2 * (number % 2) - 1  # half a point up, half a point down: the same mean
                pair = [str(start + 3 * apart), str(end + 5 * apart)]
                send_in(session, consultation, course, pair)
        return consultation

    return held


def send_in(session, consultation, course, pair):
    response = make_response(session, consultation, confidence=pair)
    response.wave = course
    session.flush()


def figures_of(session, consultation, course):
    (figures,) = results.question_figures(session, consultation, wave=course)
    return figures


def test_the_published_start_end_and_increase_of_every_course_come_back(session, courses):
    consultation = courses({name: ends[:2] for name, ends in STARTS_AND_ENDS.items()})

    for course, (start, end, increase) in STARTS_AND_ENDS.items():
        figures = figures_of(session, consultation, course)
        assert row_of(figures, "Start of the course")["Average"] == f"{start}.0%"
        assert row_of(figures, "End of the course")["Average"] == f"{end}.0%"
        assert figures.note == (
            f"Average increase: {increase}.0 percentage points (n = {DELEGATES} who gave both)."
        )


def test_the_published_increase_of_every_course_of_figure_25_comes_back(session, courses):
    consultation = courses({name: (50, 50 + points) for name, points in INCREASES.items()})

    for course, points in INCREASES.items():
        assert f"increase: {points}.0 percent" in figures_of(session, consultation, course).note


def test_whoever_left_it_empty_is_counted_and_in_no_average(session, courses):
    consultation = courses({"Neglect": (64, 84)})
    send_in(session, consultation, "Neglect", [""])

    figures = figures_of(session, consultation, "Neglect")

    assert (figures.base, figures.skipped) == (DELEGATES, 1)
    assert row_of(figures, "End of the course")["Base (n)"] == str(DELEGATES)


def test_the_raw_pairs_are_kept_for_whoever_needs_another_format(session, courses):
    courses({"Neglect": (64, 84)})

    pairs = [line["value"] for line in stored_answers(session, "measured")]

    assert len(pairs) == DELEGATES
    assert {"start": "61", "end": "79"} in pairs


def test_an_average_of_a_handful_is_withheld(session):
    consultation = open_asking(session, COURSE)
    for _ in range(7):
        send_in(session, consultation, "Small", ["40", "80"])

    figures = figures_of(session, consultation, "Small")

    assert figures.note == ""
    assert row_of(figures, "Start of the course")["Average"] == "withheld"
    assert figures.table.has_withheld


def test_e12_frontline_staff_of_whom_some_left_it_empty(session):
    """E12, as E8: 12 to 18 frontline staff; nobody published a number, so n must be said."""
    consultation = open_asking(session, COURSE)
    for end in (70, 80, 90):
        for _ in range(4):
            send_in(session, consultation, "Suicide prevention", ["50", str(end)])
    for _ in range(3):
        send_in(session, consultation, "Suicide prevention", ["", ""])

    figures = figures_of(session, consultation, "Suicide prevention")

    assert figures.note == "Average increase: 30.0 percentage points (n = 12 who gave both)."
    assert (figures.base, figures.skipped) == (12, 3)
