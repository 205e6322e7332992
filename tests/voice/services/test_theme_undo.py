"""The log of what was done to themes, and taking changes back, one after the other."""

import csv
import io
from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.voice.themed import (
    QUESTION,
    consultation,
    make_officer,
    make_people,
    make_theme,
    officer,
    sign_off,
)
from voice.errors import ChangedMeanwhileError, NotAllowedError
from voice.models import Role, Theme, ThemeStatus
from voice.services import responses, theme_log, theme_moves, theme_undo, theme_views, themes
from voice.services.theme_keeping import Edit
from voice.services.theme_undo import UndoRefusedError

__all__ = ["consultation", "officer"]


class TestTheLog:
    def test_says_who_did_what_and_how_it_was_before(self, session, consultation, theme, officer):
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))

        (logged,) = theme_log.list_changes(session, consultation, QUESTION)

        assert logged.words == "Renamed: “Buses” → “Late buses”"
        assert (logged.by, logged.at) == ("A. Officer", "13:01 on Monday 1 June 2026 (UK time)")

    def test_says_by_whom_a_change_was_undone(self, session, consultation, theme, officer):
        themes.hide(session, theme.id, edit=_edit(officer, theme))

        _undo(session, consultation, officer)

        (logged,) = theme_log.list_changes(session, consultation, QUESTION)
        assert logged.undone == "A. Officer, 13:02 on Monday 1 June 2026 (UK time)"

    def test_is_a_table_with_the_earliest_first(self, session, consultation, theme, officer):
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))
        themes.hide(session, theme.id, edit=_edit(officer, theme))

        written = theme_log.changes_file(session, consultation, QUESTION).decode("utf-8-sig")

        rows = list(csv.DictReader(io.StringIO(written)))
        assert [row["what"] for row in rows] == ["Renamed", "Hidden"]
        assert rows[0]["before"] == "Buses"

    def test_is_of_one_question_only(self, session, consultation, theme, officer):
        themes.hide(session, theme.id, edit=_edit(officer, theme))

        assert theme_log.list_changes(session, consultation, "proposals") == ()


class TestUndoing:
    def test_takes_changes_back_one_press_at_a_time(self, session, consultation, theme, officer):
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))
        themes.hide(session, theme.id, edit=_edit(officer, theme))

        _undo(session, consultation, officer)
        assert (theme.label, theme.status) == ("Late buses", ThemeStatus.FOUND)

        _undo(session, consultation, officer)
        assert theme.label == "Buses"

    def test_of_a_merge_lets_both_stand_alone(self, session, consultation, theme, officer):
        other = make_theme(session, consultation, [], label="Fares")
        themes.merge(session, other.id, theme.id, edit=_edit(officer, other))

        _undo(session, consultation, officer)

        shown = theme_views.read_themes(session, consultation, QUESTION).shown
        assert {one.label for one in shown} == {"Buses", "Fares"}

    def test_of_a_change_gives_the_sign_off_back(self, session, consultation, theme, officer):
        sign_off(session, consultation, officer)
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))

        _undo(session, consultation, officer)

        assert (theme.status, theme.signed_off_by) == (ThemeStatus.SIGNED_OFF, officer.id)

    def test_of_a_sign_off_takes_the_version_back(self, session, consultation, theme, officer):
        sign_off(session, consultation, officer)

        _undo(session, consultation, officer)

        assert theme.status is ThemeStatus.FOUND
        assert theme_log.find_version(session, consultation.id, QUESTION) is None

    def test_is_refused_when_another_change_is_the_newest(
        self, session, consultation, theme, officer
    ):
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))
        seen = theme_log.find_newest(session, consultation, QUESTION).id
        themes.hide(session, theme.id, edit=_edit(officer, theme))

        with pytest.raises(ChangedMeanwhileError):
            _undo(session, consultation, officer, seen=seen)

    def test_is_refused_when_nothing_was_changed(self, session, consultation, officer):
        with pytest.raises(UndoRefusedError, match="nothing"):
            _undo(session, consultation, officer, seen=1)

    def test_is_refused_when_the_theme_is_no_more(self, session, consultation, theme, officer):
        themes.check(session, theme.id, edit=_edit(officer, theme))
        seen = theme_log.find_newest(session, consultation, QUESTION).id
        session.delete(session.get_one(Theme, theme.id))
        session.flush()

        with pytest.raises(UndoRefusedError, match="gone"):
            _undo(session, consultation, officer, seen=seen)

    def test_is_refused_to_an_analyst(self, session, consultation, theme, officer):
        themes.hide(session, theme.id, edit=_edit(officer, theme))

        with pytest.raises(NotAllowedError):
            _undo(session, consultation, make_officer(session, role=Role.ANALYST))

    def test_makes_a_page_that_was_open_old(self, session, consultation, theme, officer):
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))
        seen = _edit(officer, theme)
        _undo(session, consultation, officer)

        with pytest.raises(ChangedMeanwhileError):
            themes.hide(session, theme.id, edit=seen)


class TestRedoing:
    def test_makes_changes_again_in_the_order_they_were_made(
        self, session, consultation, theme, officer
    ):
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))
        themes.hide(session, theme.id, edit=_edit(officer, theme))
        _undo(session, consultation, officer)
        _undo(session, consultation, officer)

        _redo(session, consultation, officer)
        assert (theme.label, theme.status) == ("Late buses", ThemeStatus.FOUND)

        _redo(session, consultation, officer)
        assert theme.status is ThemeStatus.HIDDEN
        assert theme_log.find_undone(session, consultation, QUESTION) is None

    def test_of_a_split_brings_the_theme_and_its_comments_back(
        self, session, consultation, people, officer
    ):
        theme = make_theme(session, consultation, people)
        made = theme_moves.split(
            session, theme.id, "Fares", [people[0].id], edit=_edit(officer, theme)
        )
        before = _counted(session, consultation)
        _undo(session, consultation, officer)
        assert _counted(session, consultation) == {"Buses": 3}

        _redo(session, consultation, officer)

        assert _counted(session, consultation) == before == {"Buses": 2, "Fares": 1}
        assert made.place >= 0

    def test_of_a_split_leaves_out_whoever_is_gone_since(
        self, session, consultation, people, officer
    ):
        theme = make_theme(session, consultation, people)
        gone = people[0]
        theme_moves.split(session, theme.id, "Fares", [gone.id], edit=_edit(officer, theme))
        _undo(session, consultation, officer)

        responses.forget_response(session, gone)
        _redo(session, consultation, officer)

        assert _counted(session, consultation) == {"Buses": 2, "Fares": 0}

    def test_of_a_sign_off_lets_the_version_stand_again(
        self, session, consultation, theme, officer
    ):
        sign_off(session, consultation, officer)
        _undo(session, consultation, officer)

        _redo(session, consultation, officer)

        assert theme.status is ThemeStatus.SIGNED_OFF
        assert theme_log.find_version(session, consultation.id, QUESTION).number == 1

    def test_can_be_undone(self, session, consultation, theme, officer):
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))
        _undo(session, consultation, officer)
        _redo(session, consultation, officer)

        _undo(session, consultation, officer)

        assert theme.label == "Buses"

    def test_ends_when_something_else_is_changed(self, session, consultation, theme, officer):
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))
        undone = _undo(session, consultation, officer)
        themes.check(session, theme.id, edit=_edit(officer, theme))
        _undo(session, consultation, officer)

        assert theme_log.find_undone(session, consultation, QUESTION).what == "Checked"
        with pytest.raises(ChangedMeanwhileError):
            _redo(session, consultation, officer, seen=undone.id)

    def test_is_refused_where_nothing_was_undone(self, session, consultation, theme, officer):
        themes.hide(session, theme.id, edit=_edit(officer, theme))

        with pytest.raises(UndoRefusedError, match="nothing"):
            _redo(session, consultation, officer, seen=1)

    def test_is_refused_to_an_analyst(self, session, consultation, theme, officer):
        themes.hide(session, theme.id, edit=_edit(officer, theme))
        _undo(session, consultation, officer)

        with pytest.raises(NotAllowedError):
            _redo(session, consultation, make_officer(session, role=Role.ANALYST))


@pytest.fixture
def people(session, consultation):
    return make_people(session, consultation, 3)


@pytest.fixture
def theme(session, consultation):
    return make_theme(session, consultation, make_people(session, consultation, 3))


def _edit(officer, theme):
    return Edit(officer, theme.edition, NOON + timedelta(minutes=1))


def _counted(session, consultation):
    shown = theme_views.read_themes(session, consultation, QUESTION).shown
    return {one.label: one.people.count for one in shown}


def _redo(session, consultation, officer, *, seen=None):
    undone = seen or theme_log.find_undone(session, consultation, QUESTION).id
    now = NOON + timedelta(minutes=3)
    return theme_undo.redo(session, consultation, QUESTION, officer, seen=undone, now=now)


def _undo(session, consultation, officer, *, seen=None):
    newest = seen or theme_log.find_newest(session, consultation, QUESTION).id
    now = NOON + timedelta(minutes=2)
    return theme_undo.undo(session, consultation, QUESTION, officer, seen=newest, now=now)
