"""K5: a teacher's pages speak the language chosen: before, while and after a class answers."""

import re
from datetime import timedelta

import pytest

from surveys.catalogue import catalogue, in_language
from tests.conftest import NOON, SECRET
from tests.factories import make_consultation, make_response
from tests.rows.spoken import OTHERS, THEIRS, in_our_letters, read_page, spoken_survey
from tests.voice.web.visitor import Visitor
from voice.models import Lesson, Link, LinkKind
from voice.services import lessons
from voice.web.public.teaching import SECOND_PRESS_SECONDS

PUPILS = ("Year 7",) * 3 + ("Year 8",) * 2 + ("Year 9",) * 5


@pytest.fixture
def teach(database):
    """Return the address of a school whose pupils have answered in one class already."""
    with database.writing() as session:
        asked = make_consultation(session, survey=spoken_survey())
        school = Link(consultation=asked, code="CDFGHJ", label="", kind=LinkKind.CLASS,
                      made_at=NOON)  # fmt: skip
        years = ["Reception", "Year 7", "Year 8", "Year 9"]
        over = Lesson(link=school, code="KMNPQR", year_groups=years, began_at=NOON, ended_at=NOON)
        session.add_all([school, over])
        session.flush()
        for place, year in enumerate((*PUPILS, "Year 9")):
            is_sent = place < len(PUPILS)
            pupil = make_response(session, asked, submitted=is_sent, capacity="individual")
            pupil.year_group, pupil.lesson_id = year, over.id
        return f"/teach/CDFGHJ/{lessons.teacher_key(SECRET, school)}"


def left_in_english(page, language):
    """Return what a page says that is not in this language, and what it marks as English."""
    found = read_page(page.body)
    assert (found.language, found.direction) == (language, "rtl" if language == "ur" else "ltr")
    left = in_our_letters(found.said) if language == "ur" else []
    left += [each for each in found.said if catalogue(language).get(each, each) != each]
    return left + found.unspoken


@pytest.mark.parametrize("language", OTHERS)
def test_every_page_of_a_teacher_speaks_the_language_chosen(app, clock, teach, language):
    teacher = Visitor(app)
    pages = [teacher.open(f"{teach}?language={language}"), teacher.open(f"{teach}/KMNPQR")]
    pages.append(teacher.press(pages[0], ("years", "Year 7")))
    pages.append(teacher.open(f"{teach}?still=1"))
    pages.append(teacher.press(pages[2]))
    clock.moment += timedelta(seconds=SECOND_PRESS_SECONDS)
    pages.append(teacher.press(pages[4]))

    assert [left_in_english(each, language) for each in pages] == [[]] * 6
    assert [THEIRS in re.sub(r"<title>.*</title>", "", each.body) for each in pages] == [True] * 6
    together = catalogue(language)["{first} and {last} together"].partition("}")[2][:3]
    assert together in pages[1].body
    assert "%" in pages[1].body


@pytest.mark.parametrize(
    ("language", "said"),
    [("pl", "Year 8 (Anglia)"), ("cy", "Blwyddyn 8"), ("ur", "ایئر 8 (انگلینڈ)")],
)
def test_a_year_group_is_never_said_as_one_of_another_age(language, said):
    assert in_language("Year 8", language) == said


def test_it_is_kept_in_english_unless_another_is_chosen(app, teach):
    body = Visitor(app).open(f"{teach}/KMNPQR").body

    assert "Year 7 and Year 8 together: 5 pupils" in body
    assert "11 began, 10 finished." in body
    assert "look again" in body
