"""Themes: what officers see of them, and what they may change."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.conftest import NOON
from tests.factories import make_response
from tests.voice.themed import (
    QUESTION,
    consultation,
    make_officer,
    make_people,
    make_theme,
    officer,
    sign_off,
)
from voice.errors import ChangedMeanwhileError, NotAllowedError, NotFoundError
from voice.models import Role, ThemeStatus
from voice.services import audit, concerns, jobs, theme_views, themes
from voice.services.concerns import Heard
from voice.services.theme_keeping import Edit
from voice.services.themes import ThemeRefusedError

__all__ = ["consultation", "officer"]


class TestATheme:
    def test_says_how_many_people_of_how_many_and_the_share(self, session, consultation):
        people = make_people(session, consultation, 9)
        make_theme(session, consultation, people[:3])

        assert _only(session, consultation).people.words == "3 of 9 (33%)"

    def test_counts_somebody_once_who_is_in_both_parts_of_a_merge(
        self, session, consultation, officer
    ):
        people = make_people(session, consultation, 9)
        into = make_theme(session, consultation, people[:5])
        other = make_theme(session, consultation, people[3:7], label="Late buses")

        themes.merge(session, other.id, into.id, edit=_edit(officer, other))

        assert _only(session, consultation).people.words == "7 of 9 (78%)"

    def test_no_longer_counts_somebody_who_raised_an_alert_since(self, session, consultation):
        people = make_people(session, consultation, 9)
        make_theme(session, consultation, people[:3])

        _raise(session, people[0], "alert")

        assert _only(session, consultation).people.words == "2 of 8 (25%)"

    def test_counts_people_by_tone(self, session, consultation):
        people = make_people(session, consultation, 4)
        people[0].answers[QUESTION].tone = "positive"
        make_theme(session, consultation, people)

        tones = _only(session, consultation).tones

        assert [(tone.label, tone.count) for tone in tones] == [("positive", 1), ("negative", 3)]

    def test_warns_when_few_people_stand_behind_it(self, session, consultation):
        make_theme(session, consultation, make_people(session, consultation, 9))

        assert _only(session, consultation).is_small


class TestQuotes:
    def test_are_three_at_most_the_strongest_first(self, session, consultation):
        make_theme(session, consultation, make_people(session, consultation, 5))

        assert _only(session, consultation).quotes == (
            "More buses please 0",
            "More buses please 1",
            "More buses please 2",
        )

    @pytest.mark.parametrize("tier", ["alert", "support"])
    def test_are_never_of_somebody_who_raised_a_concern(self, session, consultation, tier):
        people = make_people(session, consultation, 2)
        make_theme(session, consultation, people)

        _raise(session, people[0], tier)

        assert _only(session, consultation).quotes == ("More buses please 1",)

    def test_name_nobody(self, session, consultation):
        people = make_people(session, consultation, 1, words="My worker Sarah Jones is kind")
        make_theme(session, consultation, people)

        assert _only(session, consultation).quotes == ("My worker [name] is kind 0",)

    def test_are_short_enough_to_read_at_a_glance(self, session, consultation):
        people = make_people(session, consultation, 1, words="more buses " * 100)
        make_theme(session, consultation, people)

        assert len(_only(session, consultation).quotes[0]) < 330

    def test_are_not_the_same_words_twice(self, session, consultation):
        people = make_people(session, consultation, 2)
        for one in people:
            one.answers[QUESTION].values = ["More buses please"]
        make_theme(session, consultation, people)

        assert _only(session, consultation).quotes == ("More buses please",)


class TestGroups:
    def test_that_raise_it_more_than_everybody_else_are_named(self, session, consultation):
        parents, _ = self._two_groups(session, consultation, 10)
        make_theme(session, consultation, parents)

        (more,) = _only(session, consultation).said_more_by

        assert (more.group.words, more.others.words) == ("10 of 10 (100%)", "0 of 10 (0%)")

    def test_are_not_compared_when_one_has_fewer_than_ten(self, session, consultation):
        parents, _ = self._two_groups(session, consultation, 9)
        make_theme(session, consultation, parents)

        assert _only(session, consultation).said_more_by == ()

    def _two_groups(self, session, consultation, number):
        individuals = make_people(session, consultation, number, capacity="individual")
        return individuals, make_people(session, consultation, 10, capacity="organisation")


class TestRemovedForSafeguarding:
    """SAF-8."""

    @pytest.mark.parametrize(
        ("number", "words"),
        [
            pytest.param(0, "0", id="nobody"),
            pytest.param(1, "fewer than 8", id="one"),
            pytest.param(7, "fewer than 8", id="seven"),
            pytest.param(8, "8", id="eight"),
        ],
    )
    def test_is_said_without_a_small_number(self, session, consultation, number, words):
        for one in make_people(session, consultation, 9)[:number]:
            _raise(session, one, "alert")

        assert theme_views.read_themes(session, consultation, QUESTION).removed == words


class TestAChange:
    @pytest.mark.parametrize(
        ("change", "status", "action"),
        [
            pytest.param(themes.check, ThemeStatus.CHECKED, "theme checked", id="check"),
            pytest.param(themes.hide, ThemeStatus.HIDDEN, "theme hidden", id="hide"),
        ],
    )
    def test_is_kept_and_written_down(self, session, theme, officer, change, status, action):
        change(session, theme.id, edit=_edit(officer, theme))

        assert theme.status is status
        assert audit.latest(session)[0].action == action

    def test_is_refused_when_somebody_else_was_first(self, session, theme, officer):
        seen = _edit(officer, theme)
        themes.rename(session, theme.id, "Late buses", edit=seen)

        with pytest.raises(ChangedMeanwhileError):
            themes.check(session, theme.id, edit=seen)

    def test_is_refused_to_an_analyst(self, session, theme):
        analyst = make_officer(session, role=Role.ANALYST)

        with pytest.raises(NotAllowedError):
            themes.hide(session, theme.id, edit=_edit(analyst, theme))

    def test_of_another_teams_theme_finds_nothing(self, session, theme):
        stranger = make_officer(session, team="roads")

        with pytest.raises(NotFoundError):
            themes.hide(session, theme.id, edit=_edit(stranger, theme))

    def test_of_no_theme_finds_nothing(self, session, theme, officer):
        with pytest.raises(NotFoundError):
            themes.hide(session, uuid4(), edit=_edit(officer, theme))


class TestRenaming:
    @pytest.mark.parametrize("label", ["", "   ", "x" * (themes.MAX_LABEL_CHARS + 1)])
    def test_needs_a_name_of_some_length(self, session, theme, officer, label):
        with pytest.raises(ThemeRefusedError):
            themes.rename(session, theme.id, label, edit=_edit(officer, theme))

    def test_is_refused_with_words_of_somebodys_answer(self, session, consultation, theme, officer):
        make_people(session, consultation, 1, words="Dad locks the cellar door at night")

        with pytest.raises(ThemeRefusedError, match="quote in label"):
            themes.rename(
                session, theme.id, "Locks the cellar door at night", edit=_edit(officer, theme)
            )

    @pytest.mark.parametrize("box", ["note", "keywords"])
    def test_a_description_is_refused_with_them_too(
        self, session, consultation, theme, officer, box
    ):
        make_people(session, consultation, 1, words="Dad locks the cellar door at night")
        quote = "locks the cellar door at night"
        said = (
            {"note": quote, "keywords": []} if box == "note" else {"note": "", "keywords": [quote]}
        )

        with pytest.raises(ThemeRefusedError, match=f"quote in {box}"):
            themes.describe(session, theme.id, **said, edit=_edit(officer, theme))

    def test_takes_a_sign_off_back(self, session, consultation, theme, officer):
        sign_off(session, consultation, officer)

        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))

        assert (theme.label, theme.status) == ("Late buses", ThemeStatus.FOUND)
        assert theme.signed_off_by is None

    def test_keeps_the_name_that_was_found(self, session, theme, officer):
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))

        assert theme.found_label == "Buses"


class TestMerging:
    def test_can_be_undone(self, session, consultation, theme, other, officer):
        themes.merge(session, other.id, theme.id, edit=_edit(officer, other))

        themes.unmerge(session, other.id, edit=_edit(officer, other))

        shown = theme_views.read_themes(session, consultation, QUESTION).shown
        assert {one.label for one in shown} == {"Buses", "Fares"}

    def test_is_refused_in_a_circle(self, session, theme, other, officer):
        themes.merge(session, other.id, theme.id, edit=_edit(officer, other))

        with pytest.raises(ThemeRefusedError):
            themes.merge(session, theme.id, other.id, edit=_edit(officer, theme))

    def test_is_refused_with_itself(self, session, theme, officer):
        with pytest.raises(ThemeRefusedError):
            themes.merge(session, theme.id, theme.id, edit=_edit(officer, theme))

    def test_is_refused_into_a_hidden_theme(self, session, theme, other, officer):
        themes.hide(session, theme.id, edit=_edit(officer, theme))

        with pytest.raises(ThemeRefusedError):
            themes.merge(session, other.id, theme.id, edit=_edit(officer, other))

    def test_takes_the_sign_off_of_the_other_back(
        self, session, consultation, theme, other, officer
    ):
        sign_off(session, consultation, officer)

        themes.merge(session, other.id, theme.id, edit=_edit(officer, other))

        assert theme.status is ThemeStatus.FOUND

    @pytest.fixture
    def other(self, session, consultation):
        return make_theme(session, consultation, [], label="Fares")


class TestHiding:
    def test_sets_a_theme_apart(self, session, consultation, theme, officer):
        themes.hide(session, theme.id, edit=_edit(officer, theme))

        found = theme_views.read_themes(session, consultation, QUESTION)
        assert (len(found.shown), len(found.hidden)) == (0, 1)

    def test_can_be_undone(self, session, consultation, theme, officer):
        themes.hide(session, theme.id, edit=_edit(officer, theme))

        themes.show_again(session, theme.id, edit=_edit(officer, theme))

        assert theme.status is ThemeStatus.FOUND


class TestAskingForAnAnalysis:
    def test_is_a_job_for_a_worker(self, session, consultation, officer):
        themes.ask_for_analysis(session, consultation, QUESTION, officer, now=NOON)

        claimed = jobs.claim(session, [jobs.ANALYSE], now=NOON)
        assert claimed.subject == f"early-help/{QUESTION}"

    def test_is_seen_until_it_is_done(self, session, consultation, officer):
        themes.ask_for_analysis(session, consultation, QUESTION, officer, now=NOON)

        assert theme_views.read_themes(session, consultation, QUESTION).job == "waiting"

    def test_of_themes_that_people_work_on_lets_new_answers_join_them(
        self, session, consultation, theme, officer
    ):
        themes.rename(session, theme.id, "Late buses", edit=_edit(officer, theme))

        themes.ask_for_analysis(session, consultation, QUESTION, officer, now=NOON)

        assert jobs.claim(session, [jobs.ANALYSE], now=NOON) is None
        assert jobs.claim(session, [jobs.JOIN], now=NOON) is not None

    def test_is_refused_for_a_question_without_free_text(self, session, consultation, officer):
        with pytest.raises(NotFoundError):
            themes.ask_for_analysis(session, consultation, "agree", officer, now=NOON)

    def test_says_how_many_answers_came_since(self, session, consultation):
        make_people(session, consultation, 2)
        make_response(session, consultation, **{QUESTION: "Warmer rooms"})

        assert theme_views.read_themes(session, consultation, QUESTION).new_answers == 1


@pytest.fixture
def theme(session, consultation):
    return make_theme(session, consultation, make_people(session, consultation, 3))


def _edit(officer, theme):
    return Edit(officer, theme.edition, NOON + timedelta(minutes=1))


def _only(session, consultation):
    (view,) = theme_views.read_themes(session, consultation, QUESTION).shown
    return view


def _raise(session, response, tier):
    heard = Heard(response.consultation_id, response.channel, "words", response_id=response.id)
    concerns.raise_worry(session, heard, category="neglect", now=NOON).tier = tier
    session.flush()
