"""Rows A2, A9, A11, A12, C11 and H4: what is said in groups, on visits and in evidence is heard."""

import re

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import make_officer, make_people, sign_in
from voice.models import AuditEntry, Concern, Gathering, GatheringMention, GatheringPoint
from voice.services import analyses, briefings, jobs, results, theme_views
from voice.services.consultations import current_version, find_by_slug

BASE = "/officers/consultations/early-help"
HEARD = f"{BASE}/heard"
THEMES = f"{BASE}/questions/important/themes"
DAY = {"held_on-day": "3", "held_on-month": "5", "held_on-year": "2026"}
LOCALITIES = ("Amersham", "Aylesbury", "Buckingham", "Burnham", "Chesham", "Marlow", "Wycombe")
# Minutes of the evidence that two young people gave: no word of them is claimed to be theirs.
SEVEN_POINTS = (
    "Transition arrangements e.g. from school to college were good with support from schools",
    "The forum for young people with special needs was worth going to",
    "There was work going on to promote Youth Voice in schools but there was still more to do",
    "Both thought the websites for families could be made easier to use for providing feedback",
    "The mental health website was good but needed to be publicised to young people more",
    "Some children and young people did not have internet access to provide feedback on websites",
    "They were listened to but did not always know what had happened as a result of their feedback",
)


class TestRowA2:
    """TEST: nine people add 0 to survey N and appear as "focus group (9 people)"."""

    def test_a_focus_group_adds_nobody_to_those_who_answered(self, clerk, arrivals, people):
        before = arrivals()

        clerk.record(kind="focus_group", headcount="9", **{"noted-important": "More buses please"})

        assert arrivals() == before
        assert before.counting == 12

    def test_it_is_in_the_theme_report_by_its_name(self, clerk, people):
        clerk.record(kind="focus_group", headcount="9", **{"noted-important": "More buses please"})
        clerk.find_themes()

        page = clerk.open(THEMES)

        assert re.search(r"Raised too at:</strong> Focus group \(9 people\), 3 May 2026", page)
        assert "12 people said something here, and 1 point was noted outside the survey" in page
        assert "12 of 12 people" in page

    def test_its_point_is_in_the_briefing_too(self, clerk, people, brief):
        clerk.record(kind="focus_group", headcount="9", **{"quoted-important": "More buses please"})
        clerk.find_themes()

        question = brief().themes[0]

        assert question.base == 12
        assert question.heard == ("Focus group (9 people), 3 May 2026: “More buses please”",)


class TestRowA9:
    """TEST: a Member logs a visit on a phone, tagged to the centre, shown as "Member visit"."""

    def test_a_visit_is_heard_in_the_themes_with_the_centre(self, clerk, people):
        clerk.record(
            kind="visit_note",
            place="Southcourt Children’s Centre",
            **{"noted-important": "More buses please to the centre"},
        )
        clerk.find_themes()

        assert "Member visit, Southcourt Children’s Centre, 3 May 2026" in clerk.open(THEMES)


class TestRowsA11AndA12AndH4:
    """TEST: seven events produce a per-locality theme table."""

    def test_seven_events_make_a_table_of_themes_by_locality(self, clerk, people, table):
        for place in LOCALITIES:
            clerk.record(
                kind="event",
                locality=place,
                headcount="30",
                **{"noted-important": f"{BUS}\n{BUS}!"},
            )
        clerk.record(kind="event", locality="MARLOW", **{"noted-important": BUS})
        clerk.find_themes()

        found = table()

        assert found.localities == LOCALITIES
        assert found.gatherings == (1, 1, 1, 1, 1, 2, 1)
        assert found.rows[0].points == (2, 2, 2, 2, 2, 3, 2)
        page = clerk.open(THEMES)
        assert "Themes by locality" in page
        assert "Marlow (2)" in page


class TestRowC11:
    """TEST: seven points appear in the theme report as reported speech, not verbatim."""

    def test_seven_points_are_reported_and_never_quoted(self, clerk, brief):
        clerk.record(kind="evidence", headcount="2", **{"noted-important": "\n".join(SEVEN_POINTS)})
        clerk.find_themes()

        page = clerk.open(THEMES)

        assert "Evidence session (2 people)" in page
        reported = page.partition("Reported, not word for word:")[2]
        assert all(f'<li dir="auto">{point}</li>' in reported for point in SEVEN_POINTS)
        assert "<blockquote" not in page
        assert len(brief().themes[0].heard) == len(SEVEN_POINTS)
        assert "“" not in "".join(brief().themes[0].heard)

    def test_exact_words_are_quoted(self, clerk):
        clerk.record(kind="evidence", **{"quoted-important": SEVEN_POINTS[0]})

        assert f'<blockquote class="voice-quote"><p>{SEVEN_POINTS[0]}' in clerk.open(THEMES)


class TestWritingOneDown:
    def test_keeps_every_word_on_a_page_with_something_wrong(self, clerk, stored):
        page = clerk.record(
            kind="", place=" A & B ", headcount="many", **{"noted-important": "one\n\n two "}
        )

        assert page.status_code == 422
        assert stored(Gathering) == []
        for words in ("Choose what it was", "Enter how many people", "one\n\n two ", " A &amp; B "):
            assert words in page.text

    def test_says_that_nothing_was_written(self, clerk):
        page = clerk.record(kind="event")

        assert "Write down at least one thing that was said" in page.text
        assert 'href="#noted-important"' in page.text

    @pytest.mark.parametrize(
        ("day", "words"),
        [
            pytest.param("31", "Enter a real date", id="no day of June"),
            pytest.param("2", "must be today or in the past", id="tomorrow"),
        ],
    )
    def test_refuses_a_day_that_cannot_be(self, clerk, day, words):
        page = clerk.record(
            kind="event", **{"held_on-day": day, "held_on-month": "6", "noted-important": BUS}
        )

        assert words in page.text

    def test_keeps_a_double_press_once(self, clerk, stored):
        form = clerk.form(f"{HEARD}/new") | DAY | {"kind": "event", "noted-important": BUS}

        for _ in range(2):
            clerk.client.post(f"{HEARD}/new", data=form)

        assert len(stored(Gathering)) == 1

    def test_queues_what_a_child_disclosed_and_leaves_it_out_of_themes(self, clerk, stored):
        page = clerk.record(
            kind="focus_group", **{"noted-important": f"{BUS}\nMy dad hits me every night"}
        )

        concern = stored(Concern)[0]
        assert "The safeguarding team has it in its queue now" in page.text
        assert (concern.words, concern.channel.value) == ("My dad hits me every night", "recorded")
        assert "hits me" not in clerk.open(THEMES)
        assert BUS in clerk.open(THEMES)

    @pytest.mark.parametrize("line", ["place", "locality", "service", "who", "recorder"])
    def test_screens_every_line(self, clerk, stored, line):
        clerk.record(kind="event", **{line: "My dad hits me every night", "noted-important": BUS})

        assert [each.words for each in stored(Concern)] == ["My dad hits me every night"]

    def test_is_closed_to_another_team(self, app, database, consultation):
        other = app.test_client()
        with database.writing() as session:
            sign_in(other, session, make_officer(session, team="roads"))

        assert other.get(HEARD).status_code == 404


class TestChangingOne:
    def test_shows_what_was_saved_and_keeps_what_is_changed(self, clerk, stored):
        clerk.record(kind="event", place="Town hall", **{"noted-important": f"{BUS}\nTrains"})
        address = clerk.address(stored(Gathering)[0])

        page = clerk.open(address)
        clerk.change(address, kind="letter", **{"noted-important": f"{BUS}\nTrams"})

        assert 'value="Town hall"' in page
        assert f"{BUS}\nTrains</textarea>" in page
        assert [each.words for each in stored(GatheringPoint)] == [BUS, "Trams"]

    def test_keeps_points_whose_question_is_asked_no_more(
        self, clerk, stored, database, consultation
    ):
        clerk.record(kind="event", **{"noted-important": BUS})
        with database.writing() as session:
            version = current_version(session.merge(consultation))
            version.definition = version.definition.replace('"important"', '"matters"')

        clerk.change(clerk.address(stored(Gathering)[0]), kind="event",
                     **{"noted-matters": "Trams"})  # fmt: skip

        said = {each.question: each.words for each in stored(GatheringPoint)}
        assert said == {"important": BUS, "matters": "Trams"}

    def test_keeps_the_themes_of_a_point_that_stays(self, clerk, people, stored):
        clerk.record(kind="event", **{"noted-important": BUS})
        clerk.find_themes()

        clerk.change(clerk.address(stored(Gathering)[0]), kind="event",
                     **{"noted-important": f"{BUS}\nTrams"})  # fmt: skip

        assert len(stored(GatheringMention)) == 1

    def test_never_overwrites_somebody_elses_change_unseen(self, clerk, stored):
        clerk.record(kind="event", **{"noted-important": BUS})
        address = clerk.address(stored(Gathering)[0])
        mine = clerk.form(address) | DAY | {"kind": "event", "noted-important": "Mine"}
        clerk.change(address, kind="event", **{"noted-important": "Theirs"})

        page = clerk.client.post(address, data=mine)

        assert page.status_code == 422
        assert "Somebody else changed this" in page.text
        assert "Mine</textarea>" in page.text
        assert [each.words for each in stored(GatheringPoint)] == ["Theirs"]


class TestDeletingOne:
    def test_asks_first_and_then_leaves_nothing_but_the_audit(self, clerk, people, stored):
        clerk.record(kind="event", **{"noted-important": BUS})
        clerk.find_themes()
        address = f"{clerk.address(stored(Gathering)[0])}/delete"

        asked = clerk.open(address)
        clerk.client.post(address, data=clerk.form(address))

        assert "This cannot be undone" in asked
        assert [stored(each) for each in (Gathering, GatheringPoint, GatheringMention)] == [[]] * 3
        assert stored(AuditEntry)[-1].action == "gathering deleted"


BUS = "More buses please"


class Clerk:
    """An officer who writes gatherings down, and a worker who finds the themes."""

    def __init__(self, client, database):
        self.client, self.database = client, database

    def open(self, address):
        return self.client.get(address).text

    def form(self, address):
        found = re.findall(
            r'<input[^>]*name="(csrf_token|press|edition)"[^>]*value="([^"]*)"', self.open(address)
        )
        return dict(found)

    def record(self, **typed):
        address = f"{HEARD}/new"
        return self.client.post(
            address, data=self.form(address) | DAY | typed, follow_redirects=True
        )

    def address(self, gathering):
        return f"{HEARD}/{gathering.id}"

    def change(self, address, **typed):
        return self.client.post(address, data=self.form(address) | DAY | typed)

    def find_themes(self):
        with self.database.writing() as session:
            jobs.enqueue(session, jobs.ANALYSE, "early-help/important", now=NOON)
        works = {jobs.ANALYSE: analyses.analyse_question}
        assert jobs.work_once(self.database, works, now=lambda: NOON)


@pytest.fixture
def consultation(database):
    with database.writing() as session:
        return make_consultation(session)


@pytest.fixture
def people(database, consultation):
    with database.writing() as session:
        return make_people(session, session.merge(consultation), 12)


@pytest.fixture
def clerk(browse, database, consultation):
    return Clerk(browse(), database)


@pytest.fixture
def arrivals(database):
    def arrivals():
        with database.reading() as session:
            return results.count_arrivals(session, find_by_slug(session, "early-help"))

    return arrivals


@pytest.fixture
def brief(database):
    def brief():
        with database.reading() as session:
            consultation = find_by_slug(session, "early-help")
            return briefings.write_briefing(session, consultation, council="C", now=NOON)

    return brief


@pytest.fixture
def table(database):
    def table():
        with database.reading() as session:
            consultation = find_by_slug(session, "early-help")
            return theme_views.read_themes(session, consultation, "important").localities

    return table
