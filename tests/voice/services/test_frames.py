"""Themes that come from a council's own frame, or from another list that was signed off."""

from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import (
    QUESTION,
    consultation,
    make_officer,
    make_people,
    make_theme,
    officer,
    sign_off,
)
from voice.analysis.coding.frame_sheets import FrameFaultsError
from voice.analysis.coding.frames import FrameTheme
from voice.errors import ChangedMeanwhileError, NotAllowedError, NotFoundError
from voice.models import Role, ThemeStatus
from voice.services import frames, theme_log, theme_undo, theme_views, themes, walls
from voice.services.theme_keeping import Edit
from voice.spreadsheets import read_table

__all__ = ["consultation", "officer"]

FRAME = (
    FrameTheme("bus", "Late buses", "Late or full", ("late", "full")),
    FrameTheme("staff", "Kind staff"),
)

A_QUOTE = "dad locks the cellar door at night"


class TestUsingAFrame:
    def test_gives_the_question_its_themes_with_its_keys(self, session, consultation, officer):
        _use(session, consultation, officer)

        assert frames.present(session, consultation, QUESTION) == FRAME

    def test_hides_what_was_found_and_nobody_touched(self, session, consultation, officer):
        found = make_theme(session, consultation, make_people(session, consultation, 3))

        _use(session, consultation, officer)

        assert found.status is ThemeStatus.HIDDEN

    def test_keeps_what_somebody_worked_on(self, session, consultation, officer):
        found = make_theme(session, consultation, [])
        themes.rename(session, found.id, "Fares", edit=Edit(officer, found.edition, NOON))

        _use(session, consultation, officer)

        shown = theme_views.read_themes(session, consultation, QUESTION).shown
        assert {one.label for one in shown} == {"Fares", "Late buses", "Kind staff"}

    def test_puts_a_theme_of_the_same_key_right_with_its_comments(
        self, session, consultation, officer
    ):
        people = make_people(session, consultation, 3)
        theme = make_theme(session, consultation, people, label="Old name")
        theme.key = "bus"

        _use(session, consultation, officer)

        shown = theme_views.read_themes(session, consultation, QUESTION).shown
        assert {one.label: one.people.count for one in shown} == {"Late buses": 3, "Kind staff": 0}

    def test_is_undone_in_one_press(self, session, consultation, officer):
        found = make_theme(session, consultation, make_people(session, consultation, 3))
        _use(session, consultation, officer)

        newest = theme_log.find_newest(session, consultation, QUESTION).id
        theme_undo.undo(session, consultation, QUESTION, officer, seen=newest, now=NOON)

        assert [one.key for one in frames.present(session, consultation, QUESTION)] == [found.key]

    def test_counts_nothing_before_the_list_is_signed_off(self, session, consultation, officer):
        _use(session, consultation, officer)

        assert theme_views.read_themes(session, consultation, QUESTION).signed_off == ()

    def test_takes_back_the_sign_off_of_what_a_theme_was_merged_into(
        self, session, consultation, officer
    ):
        part, whole, outer = self._merged(session, consultation, officer)

        _use(session, consultation, officer)

        assert (part.merged_into_id, whole.merged_into_id) == (None, outer.id)
        assert outer.status is ThemeStatus.FOUND
        assert outer.signed_off_at is None

    def test_is_undone_with_that_sign_off(self, session, consultation, officer):
        part, whole, outer = self._merged(session, consultation, officer)
        _use(session, consultation, officer)

        newest = theme_log.find_newest(session, consultation, QUESTION).id
        theme_undo.undo(session, consultation, QUESTION, officer, seen=newest, now=NOON)

        assert part.merged_into_id == whole.id
        assert outer.status is ThemeStatus.SIGNED_OFF

    def _merged(self, session, consultation, officer):
        people = make_people(session, consultation, 3)
        part, whole, outer = (
            make_theme(session, consultation, people, label=label) for label in ("A", "B", "C")
        )
        part.key = "bus"
        session.flush()
        for one, into in ((part, whole), (whole, outer)):
            themes.merge(session, one.id, into.id, edit=Edit(officer, one.edition, NOON))
            session.flush()
        sign_off(session, consultation, officer)
        assert outer.status is ThemeStatus.SIGNED_OFF
        return part, whole, outer

    def test_is_refused_to_an_analyst(self, session, consultation):
        with pytest.raises(NotAllowedError):
            _use(session, consultation, make_officer(session, role=Role.ANALYST))

    def test_is_refused_after_the_list_was_changed(self, session, consultation, officer):
        seen = frames.preview(session, consultation, QUESTION, FRAME).seen
        make_theme(session, consultation, [])

        with pytest.raises(ChangedMeanwhileError):
            frames.check_unchanged(session, consultation, QUESTION, seen)


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("theme", "words"),
        [
            pytest.param(FrameTheme("a", "x" * 121), "write a name", id="a long name"),
            pytest.param(FrameTheme("a", "A", "", tuple("abcdefghi")), "8 keywords", id="nine"),
            pytest.param(FrameTheme("a", "kind STAFF"), "another theme", id="a name twice"),
            pytest.param(FrameTheme("a", "A", A_QUOTE), "somebody’s own", id="a quote as a note"),
            pytest.param(FrameTheme("a", "A", "", (A_QUOTE,)), "somebody’s own", id="a quote"),
            pytest.param(FrameTheme("a" * 61, "A"), "the key is longer", id="a long key"),
            pytest.param(FrameTheme("a", "A", "x" * 1001), "note is longer", id="a long note"),
        ],
    )
    def test_is_told_by_its_line(self, session, consultation, theme, words):
        make_people(session, consultation, 1, words=f"I say {A_QUOTE}")
        lines = [(2, FrameTheme("staff", "Kind staff")), (3, theme)]

        with pytest.raises(FrameFaultsError, match=words) as refused:
            frames.check(session, consultation, QUESTION, lines)

        assert [number for number, _ in refused.value.faults] == [3]

    def test_is_not_who_somebody_is_which_is_masked(self, session, consultation):
        line = (1, FrameTheme("a", "ring 07700 900123", "As Sarah Jones said", ("mate Jayden",)))

        (theme,) = frames.check(session, consultation, QUESTION, [line])

        assert theme == FrameTheme("a", "ring [phone number]", "As [name] said", ("mate [name]",))

    def test_is_told_of_what_a_page_did_not_carry_whole(self):
        with pytest.raises(FrameFaultsError):
            frames.unpack("[[1]]")


class TestTheFile:
    def test_can_be_read_as_a_frame_again(self, session, consultation, officer):
        _use(session, consultation, officer)

        written = frames.frame_file(frames.present(session, consultation, QUESTION))

        rows = read_table(written, name="frame.csv").rows
        assert [row.cells for row in rows] == [
            ("bus", "Late buses", "Late or full", "late|full"),
            ("staff", "Kind staff", "", ""),
        ]

    def test_survives_its_page(self):
        assert frames.unpack(frames.pack(FRAME)) == FRAME


class TestLastYearsList:
    def test_is_offered_once_it_is_signed_off(self, session, consultation, last_year, officer):
        (source,) = frames.list_sources(session, officer, consultation, QUESTION)

        taken = frames.from_source(session, officer, consultation, QUESTION, source.id)
        assert [(one.key, one.name) for one in taken] == [(last_year.key, "Buses")]

    def test_is_not_offered_to_another_team(self, session, consultation, last_year, officer):
        (source,) = frames.list_sources(session, officer, consultation, QUESTION)
        stranger = make_officer(session, team="roads")

        with pytest.raises(NotFoundError):
            frames.from_source(session, stranger, consultation, QUESTION, source.id)

    def test_is_not_offered_across_the_wall(
        self, session, consultation, last_year, officer, monkeypatch
    ):
        sides = {"last-year": frozenset({"victim"}), consultation.slug: frozenset({"young_person"})}
        monkeypatch.setattr(walls, "walls_of", lambda one: sides[one.slug])

        assert frames.list_sources(session, officer, consultation, QUESTION) == ()

    @pytest.fixture
    def last_year(self, session, officer):
        before = make_consultation(session, slug="last-year")
        theme = make_theme(session, before, make_people(session, before, 3))
        sign_off(session, before, officer)
        return theme


def _use(session, consultation, officer):
    now = NOON + timedelta(minutes=1)
    frames.use(session, consultation, QUESTION, FRAME, officer, now=now)
