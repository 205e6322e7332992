"""Row E8: no pages together tell how many answered after a course that is withheld."""

import re
from collections import defaultdict
from itertools import product

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.voice.themed import make_officer
from tests.voice.web.doors import officer
from voice.models import Link, LinkKind, Response
from voice.services import links
from voice.services.links import NewLink

__all__ = ["officer"]

DESK = "/officers/consultations/training"
COURSES = ("Leeds", "York")
PAGES = ("courses", "courses.csv", "links", "results", "results?wave=Leeds", "results?wave=York")


@pytest.fixture
def training(database):
    """A consultation with a link of each course."""
    with database.writing() as session:
        found, who = make_consultation(session, slug="training"), make_officer(session)
        for course in COURSES:
            new = NewLink(f"Slides, {course}", LinkKind.POSTER, 5, course)
            links.make_link(session, found, who, new, now=NOON)
        return found


@pytest.fixture
def look(training, database, officer):
    """Return a function that reads every page while so many have answered after each course."""

    def look(counts, total):
        with database.writing() as session:
            found, by = session.merge(training), session.scalars(select(Link)).all()
            people = session.scalars(select(Response)).all()
            while len(people) < total:
                people.append(make_response(session, found, capacity="individual"))
            came = [link for link in by for _ in range(counts[COURSES.index(link.wave)])]
            for each, link in zip(people, [*came, *[None] * (total - len(came))], strict=True):
                each.link_id, each.wave = (link.id, link.wave) if link else (None, "")
            for link in by:
                link.opened = came.count(link)
        return tuple(_words(officer.client.get(f"{DESK}/{page}").text) for page in PAGES)

    return look


@pytest.mark.parametrize("total", [1, 2, 6])
def test_whoever_reads_every_page_finds_two_counts_or_more_for_a_course_that_is_withheld(
    look, total
):
    worlds = defaultdict(list)
    for counts in product(range(total + 1), repeat=2):
        if sum(counts) <= total:
            worlds[look(counts, total)].append(counts)

    assert len(worlds) > 1 or total < 5
    for seen, fitting in worlds.items():
        for place, course in enumerate(COURSES):
            (count,) = re.findall(rf",{course},(withheld|[0-9]+),", seen[1])
            is_shown = count != "withheld"
            assert is_shown or len({each[place] for each in fitting}) > 1, (course, fitting)


def _words(page):
    """Return what a page says, without its tags, keys and scripts."""
    return " ".join(re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.DOTALL).split())
