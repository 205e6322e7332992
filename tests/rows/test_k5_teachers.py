"""K5: a teacher's pages speak the language chosen: before, while and after a class answers."""

import pytest

from surveys.catalogue import catalogue
from tests.conftest import NOON, SECRET
from tests.factories import make_consultation, make_response
from tests.rows.spoken import OTHERS, in_our_letters, read_page, spoken_survey
from tests.voice.web.visitor import Visitor
from voice.models import Lesson, Link, LinkKind
from voice.services import lessons

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
def test_every_page_of_a_teacher_speaks_the_language_chosen(app, teach, language):
    teacher = Visitor(app)
    pages = [teacher.open(f"{teach}?language={language}"), teacher.open(f"{teach}/KMNPQR")]
    pages.append(teacher.press(pages[0], ("years", "Year 7")))
    pages.append(teacher.open(f"{teach}?still=1"))
    pages.append(teacher.press(pages[2]))

    assert [left_in_english(each, language) for each in pages] == [[]] * 5
    together = catalogue(language)["{first} and {last} together"].partition("}")[2][:3]
    assert together in pages[1].body
    assert "%" in pages[1].body


def test_it_is_kept_in_english_unless_another_is_chosen(app, teach):
    body = Visitor(app).open(f"{teach}/KMNPQR").body

    assert "Year 7 and Year 8 together: 5 pupils" in body
    assert "11 began, 10 finished." in body
    assert "look again" in body
