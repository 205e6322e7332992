"""Signing the whole list of themes off: the door through which anything is counted."""

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
from voice.models import CodePurpose, Role, ThemeStatus
from voice.services import (
    briefings,
    codes,
    theme_lists,
    theme_log,
    theme_undo,
    theme_views,
    themes,
)
from voice.services.codes import Place
from voice.services.theme_keeping import Edit
from voice.services.themes import ThemeRefusedError

__all__ = ["consultation", "officer"]


class TestSigningTheListOff:
    def test_signs_every_theme_on_view_off(self, session, consultation, theme, officer):
        sign_off(session, consultation, officer)

        assert (theme.status, theme.signed_off_by) == (ThemeStatus.SIGNED_OFF, officer.id)

    def test_leaves_hidden_themes_hidden(self, session, consultation, theme, officer):
        hidden = make_theme(session, consultation, [], label="Fares", status=ThemeStatus.HIDDEN)

        sign_off(session, consultation, officer)

        assert hidden.status is ThemeStatus.HIDDEN

    def test_keeps_names_counts_and_base_as_they_stood(self, session, consultation, theme, officer):
        sign_off(session, consultation, officer)
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))

        kept = theme_lists.get_version(session, consultation, QUESTION, 1)

        assert [(one.label, one.people.words, one.first.words) for one in kept.themes] == [
            ("Buses", "3 of 5 (60%)", "3 of 5 (60%)")
        ]
        assert (kept.by, kept.base) == ("A. Officer", 5)

    def test_gives_each_version_a_number_that_is_never_given_twice(
        self, session, consultation, theme, officer
    ):
        sign_off(session, consultation, officer)
        newest = theme_log.find_newest(session, consultation, QUESTION).id
        theme_undo.undo(session, consultation, QUESTION, officer, seen=newest, now=NOON)

        assert sign_off(session, consultation, officer).number == 2

    def test_is_refused_when_a_theme_is_not_as_it_was_seen(
        self, session, consultation, theme, officer
    ):
        seen = theme_lists.mark_of([theme])
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))

        with pytest.raises(ChangedMeanwhileError):
            theme_lists.sign_off_list(session, consultation, QUESTION, officer, seen=seen, now=NOON)

    def test_is_refused_without_a_theme(self, session, consultation, officer):
        with pytest.raises(ThemeRefusedError, match="empty"):
            sign_off(session, consultation, officer)

    def test_is_refused_to_an_analyst(self, session, consultation, theme):
        with pytest.raises(NotAllowedError):
            sign_off(session, consultation, make_officer(session, role=Role.ANALYST))


class TestTheVersion:
    def test_says_who_signed_which_and_when(self, session, consultation, theme, officer):
        sign_off(session, consultation, officer)

        assert _version(session, consultation).words == (
            "Version 1, signed off by A. Officer on Monday 1 June 2026"
        )

    def test_says_that_something_was_changed_since(self, session, consultation, theme, officer):
        sign_off(session, consultation, officer)

        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))

        words = _version(session, consultation).words
        assert words.endswith("Changed since version 1 was signed off")

    def test_is_as_signed_again_when_the_change_is_undone(
        self, session, consultation, theme, officer
    ):
        sign_off(session, consultation, officer)
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))
        newest = theme_log.find_newest(session, consultation, QUESTION).id

        theme_undo.undo(session, consultation, QUESTION, officer, seen=newest, now=NOON)

        assert not _version(session, consultation).is_changed

    def test_says_that_counts_have_changed_by_a_correction(
        self, session, consultation, theme, officer
    ):
        sign_off(session, consultation, officer)
        assert theme_views.read_themes(session, consultation, QUESTION).version.is_as_signed
        raised = Place(consultation, QUESTION, theme.mentions[0].response_id)

        codes.give(session, officer, raised, [], purpose=CodePurpose.CHECK, now=NOON)

        session.expire_all()
        version = theme_views.read_themes(session, consultation, QUESTION).version
        assert (version.is_changed, version.is_recounted) == (False, True)
        brief = briefings.write_briefing(session, consultation, council="Ours", now=NOON)
        said = "Counts have changed since version 1 was signed off"
        assert brief.themes[0].version.endswith(said)

    def test_stands_in_the_briefing(self, session, consultation, theme, officer):
        sign_off(session, consultation, officer)

        brief = briefings.write_briefing(session, consultation, council="Ours", now=NOON)

        assert brief.themes[0].version.startswith("Version 1, signed off by A. Officer")


@pytest.fixture
def theme(session, consultation):
    people = make_people(session, consultation, 5)
    return make_theme(session, consultation, people[:3])


def _edit(officer, theme):
    return Edit(officer, theme.edition, NOON + timedelta(minutes=1))


def _version(session, consultation):
    return theme_log.find_version(session, consultation.id, QUESTION)
