"""Themes made by hand, comments moved, and the comments behind a theme."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

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
from voice.models import MovedMention, Role, Theme, ThemeStatus
from voice.services import (
    codes,
    concerns,
    theme_comments,
    theme_log,
    theme_moves,
    theme_undo,
    theme_views,
    themes,
)
from voice.services.concerns import Heard
from voice.services.theme_keeping import Edit
from voice.services.theme_moves import NewTheme
from voice.services.themes import ThemeRefusedError

__all__ = ["consultation", "officer"]
A_QUOTE = "dad locks the cellar door at night"


class TestAddingATheme:
    def test_gives_it_a_key_of_its_own(self, session, consultation, officer):
        first = _add(session, consultation, officer, "Late buses!")
        second = _add(session, consultation, officer, "Late: buses")

        assert (first.key, second.key) == ("late-buses", "late-buses-2")

    def test_is_refused_for_a_name_that_another_has(self, session, consultation, theme, officer):
        with pytest.raises(ThemeRefusedError, match="taken"):
            _add(session, consultation, officer, "BUSES")

    def test_is_refused_for_more_than_eight_keywords(self, session, consultation, officer):
        with pytest.raises(ThemeRefusedError, match="keywords"):
            _add(session, consultation, officer, "Rooms", keywords=list("abcdefghi"))

    @pytest.mark.parametrize(
        ("columns", "box"),
        [
            pytest.param({"keywords": ["Buses", A_QUOTE]}, "keywords", id="keywords"),
            pytest.param({"note": f"Such as: {A_QUOTE}"}, "note", id="a note"),
            pytest.param({"label": A_QUOTE}, "label", id="a name"),
        ],
    )
    def test_is_refused_with_words_of_somebodys_answer(
        self, session, consultation, officer, columns, box
    ):
        make_people(session, consultation, 1, words=f"I think {A_QUOTE}")

        with pytest.raises(ThemeRefusedError, match=f"quote in {box}"):
            _add(session, consultation, officer, **{"label": "Home", **columns})

    def test_takes_keywords_of_up_to_three_words_that_somebody_wrote(
        self, session, consultation, officer
    ):
        make_people(session, consultation, 1, words=A_QUOTE)

        made = _add(session, consultation, officer, "Home", keywords=["cellar", "the cellar door"])

        assert made.words == ["cellar", "the cellar door"]

    def test_keeps_no_name_of_anybody(self, session, consultation, officer):
        named = {"note": "As Sarah Jones said", "keywords": ["my mate Jayden"]}

        made = _add(session, consultation, officer, "ring 07700 900123", **named)

        assert (made.label, made.description, made.words) == (
            "ring [phone number]",
            "As [name] said",
            ["my mate [name]"],
        )

    def test_is_undone_to_nothing(self, session, consultation, officer):
        made = _add(session, consultation, officer, "Rooms")

        _undo(session, consultation, officer)

        found = theme_views.read_themes(session, consultation, QUESTION)
        assert made.id not in {one.id for one in (*found.shown, *found.hidden)}

    def test_leaves_the_store_once_something_else_is_changed(self, session, consultation, officer):
        made = _add(session, consultation, officer, "Rooms")
        _undo(session, consultation, officer)

        _add(session, consultation, officer, "Rooms")

        assert session.get(Theme, made.id) is None

    def test_is_work_that_a_new_reading_would_lose(self, session, consultation, officer):
        _add(session, consultation, officer, "Rooms")

        assert themes.are_worked_on(session, consultation, QUESTION)

    def test_is_refused_to_an_analyst(self, session, consultation):
        with pytest.raises(NotAllowedError):
            _add(session, consultation, make_officer(session, role=Role.ANALYST), "Rooms")


class TestMovingComments:
    def test_takes_them_from_one_theme_to_several(
        self, session, consultation, people, theme, officer
    ):
        other, third = (make_theme(session, consultation, [], label=one) for one in ("A", "B"))

        _move(session, theme, people[:2], [other, third], officer)

        assert _counts(session, consultation) == {"Buses": 1, "A": 2, "B": 2}

    def test_to_no_theme_leaves_them_in_none(self, session, consultation, people, theme, officer):
        _move(session, theme, people[:1], [], officer)

        found = theme_views.read_themes(session, consultation, QUESTION)
        assert (found.shown[0].people.count, found.unassigned) == (2, 3)

    def test_can_leave_them_where_they_are_as_well(
        self, session, consultation, people, theme, officer
    ):
        other = make_theme(session, consultation, [], label="Fares")

        _move(session, theme, people[:1], [other], officer, stays=True)

        assert _counts(session, consultation) == {"Buses": 3, "Fares": 1}

    def test_from_no_theme_puts_them_into_one(self, session, consultation, people, theme, officer):
        source = (consultation, QUESTION)

        theme_moves.move(session, source, _ids(people[4:]), [theme.id], edit=_edit(officer))

        assert _counts(session, consultation) == {"Buses": 4}

    def test_makes_the_new_theme_the_one_that_is_named_first(
        self, session, consultation, people, theme, officer
    ):
        other = make_theme(session, consultation, people[:1], label="Fares")
        third = make_theme(session, consultation, [], label="Times")

        _move(session, theme, people[:1], [third], officer)

        shown = theme_views.read_themes(session, consultation, QUESTION).shown
        assert {one.label: one.first.count for one in shown}["Times"] == 1
        assert other.label in {one.label for one in shown if one.people.count}

    def test_is_a_code_that_a_new_reading_keeps(
        self, session, consultation, people, theme, officer
    ):
        other = make_theme(session, consultation, [], label="Fares")

        _move(session, theme, people[:1], [other], officer)

        assert codes.latest(session, consultation, QUESTION) == {people[0].id: (other.id,)}

    def test_takes_the_sign_off_of_both_back(self, session, consultation, people, theme, officer):
        other = make_theme(session, consultation, people[3:4], label="Fares")
        sign_off(session, consultation, officer)

        _move(session, theme, people[:1], [other], officer)

        assert {theme.status, other.status} == {ThemeStatus.FOUND}

    def test_is_undone_whole(self, session, consultation, people, theme, officer):
        other = make_theme(session, consultation, [], label="Fares")
        _move(session, theme, people[:2], [other], officer)

        _undo(session, consultation, officer)

        assert _counts(session, consultation) == {"Buses": 3, "Fares": 0}
        assert codes.latest(session, consultation, QUESTION) == {}

    def test_says_in_the_log_how_many(self, session, consultation, people, theme, officer):
        other = make_theme(session, consultation, [], label="Fares")

        _move(session, theme, people[:2], [other], officer)

        newest = theme_log.find_newest(session, consultation, QUESTION)
        assert newest.words == "Comments moved: 2 comments: “Buses” → “Fares”"

    def test_is_refused_when_one_is_no_longer_there(
        self, session, consultation, people, theme, officer
    ):
        other = make_theme(session, consultation, [], label="Fares")

        with pytest.raises(ChangedMeanwhileError):
            _move(session, theme, people[4:], [other], officer)

    def test_is_refused_into_a_hidden_theme(self, session, consultation, people, theme, officer):
        hidden = make_theme(session, consultation, [], label="A", status=ThemeStatus.HIDDEN)

        with pytest.raises(ThemeRefusedError, match="targets"):
            _move(session, theme, people[:1], [hidden], officer)

    def test_is_refused_when_nothing_is_ticked(self, session, theme, officer):
        with pytest.raises(ThemeRefusedError, match="comments"):
            _move(session, theme, [], [], officer)

    def test_is_forgotten_with_the_response(self, session, consultation, people, theme, officer):
        _move(session, theme, people[:1], [], officer)

        session.delete(people[0])
        session.flush()

        assert session.scalar(select(func.count()).select_from(MovedMention)) == 0
        assert _undo(session, consultation, officer).undone


class TestSplitting:
    def test_makes_a_theme_of_the_ticked_comments(
        self, session, consultation, people, theme, officer
    ):
        edit = _edit(officer, theme)
        theme_moves.split(session, theme.id, "Late buses", _ids(people[:2]), edit=edit)

        assert _counts(session, consultation) == {"Buses": 1, "Late buses": 2}

    def test_is_undone_to_one_theme(self, session, consultation, people, theme, officer):
        edit = _edit(officer, theme)
        theme_moves.split(session, theme.id, "Late buses", _ids(people[:2]), edit=edit)

        _undo(session, consultation, officer)

        assert _counts(session, consultation) == {"Buses": 3}


class TestTheCommentsBehindATheme:
    def test_say_which_words_speak_for_it(self, session, consultation, theme):
        page = theme_comments.read_comments(session, consultation, theme, number=1)

        assert page.shown[0].because == ("buses",)

    def test_name_the_nearest_others(self, session, consultation, theme):
        page = theme_comments.read_comments(session, consultation, theme, number=1)

        assert page.shown[0].alike == ("More buses please 1", "More buses please 2")

    def test_are_masked_and_the_strongest_first(self, session, consultation):
        people = make_people(session, consultation, 3, words="Sarah Jones wants buses")
        theme = make_theme(session, consultation, people)

        page = theme_comments.read_comments(session, consultation, theme, number=1)

        assert [_words(one) for one in page.shown] == [f"[name] wants buses {n}" for n in range(3)]

    def test_are_never_of_somebody_who_raised_an_alert(self, session, consultation, people, theme):
        heard = Heard(consultation.id, people[0].channel, "words", response_id=people[0].id)
        concerns.raise_worry(session, heard, category="neglect", now=NOON)

        page = theme_comments.read_comments(session, consultation, theme, number=1)

        assert people[0].id not in {one.response_id for one in page.shown}

    def test_come_in_pages(self, session, consultation):
        theme = make_theme(session, consultation, make_people(session, consultation, 26))

        pages = [
            theme_comments.read_comments(session, consultation, theme, number=one) for one in (1, 2)
        ]

        assert [(len(one.shown), one.has_more) for one in pages] == [(25, True), (1, False)]

    def test_in_no_theme_are_listed_apart(self, session, consultation, people, theme):
        page = theme_comments.read_unassigned(session, consultation, QUESTION, number=1)

        assert {one.response_id for one in page.shown} == {one.id for one in people[3:]}


@pytest.fixture
def people(session, consultation):
    return make_people(session, consultation, 5)


@pytest.fixture
def theme(session, consultation, people):
    return make_theme(session, consultation, people[:3])


def _add(session, consultation, officer, label, **columns):
    new = NewTheme(label, **columns)
    return theme_moves.add(session, consultation, QUESTION, new, edit=_edit(officer))


def _move(session, theme, people, into, officer, **how):
    theme_moves.move(
        session, theme, _ids(people), [one.id for one in into], edit=_edit(officer, theme), **how
    )


def _edit(officer, theme=None):
    return Edit(officer, theme.edition if theme else 0, NOON + timedelta(minutes=1))


def _ids(people):
    return [one.id for one in people]


def _undo(session, consultation, officer):
    newest = theme_log.find_newest(session, consultation, QUESTION).id
    return theme_undo.undo(session, consultation, QUESTION, officer, seen=newest, now=NOON)


def _counts(session, consultation):
    shown = theme_views.read_themes(session, consultation, QUESTION).shown
    return {one.label: one.people.count for one in shown}


def _words(comment):
    return "".join(piece.text for piece in comment.pieces)
