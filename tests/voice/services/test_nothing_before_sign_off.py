"""Nothing that was found or put right is counted anywhere before a person signs the list off."""

import pytest

from tests.conftest import NOON
from tests.voice.themed import QUESTION, consultation, make_people, make_theme, officer, sign_off
from voice.services import (
    briefings,
    hub_themes,
    outcomes,
    packs,
    snapshots,
    storyboards,
    strengths,
    theme_views,
    themes,
)
from voice.services.hub_asking import Scope
from voice.services.theme_keeping import Edit

__all__ = ["consultation", "officer"]

LABEL = "Buses that stop too early"
COUNCIL = {"council": "Ours", "now": NOON}


def _counts_of_the_pack(session, consultation, _officer):
    return [row for row in packs.themes_file(session, consultation).splitlines() if b",yes," in row]


READERS = {
    "the briefing": lambda session, asked, _: briefings.write_briefing(session, asked, **COUNCIL),
    "the storyboard": lambda session, asked, _: storyboards.write_storyboard(
        session, asked, **COUNCIL
    ),
    "the public results": lambda session, asked, _: snapshots.preview_results(
        session, asked, **COUNCIL
    ),
    "the strengths": lambda session, asked, _: strengths.sort_themes(
        session, asked, strengths.Sources(QUESTION)
    ),
    "the pack's counts": _counts_of_the_pack,
    "the pack's quotes": lambda session, asked, _: packs.results_pack(session, asked, **COUNCIL)[
        "quotes.csv"
    ],
    "the hub's table": lambda session, _, officer: hub_themes.read_matrix(
        session, Scope(session, officer)
    ),
    "the themes to answer": lambda session, _, officer: [
        theme.label for _, theme in outcomes.themes_without_outcome(session, officer)
    ],
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
class TestEveryReport:
    def test_is_silent_about_a_list_that_was_only_worked_on(
        self, session, consultation, theme, officer, reader
    ):
        themes.rename(session, theme.id, LABEL, edit=_edit(officer, theme))
        themes.check(session, theme.id, edit=_edit(officer, theme))

        assert LABEL not in str(reader(session, consultation, officer))

    def test_speaks_once_the_list_is_signed_off(
        self, session, consultation, theme, officer, reader
    ):
        sign_off(session, consultation, officer)

        assert LABEL in str(reader(session, consultation, officer))

    def test_is_silent_about_what_was_changed_since(
        self, session, consultation, theme, officer, reader
    ):
        sign_off(session, consultation, officer)
        themes.describe(session, theme.id, "A note", (), edit=_edit(officer, theme))

        assert LABEL not in str(reader(session, consultation, officer))


def test_only_signing_the_list_off_makes_a_theme_count(session, consultation, theme, officer):
    themes.check(session, theme.id, edit=_edit(officer, theme))
    before = theme_views.read_themes(session, consultation, QUESTION).signed_off

    sign_off(session, consultation, officer)

    after = theme_views.read_themes(session, consultation, QUESTION).signed_off
    assert (before, [one.label for one in after]) == ((), [LABEL])


@pytest.fixture
def theme(session, consultation):
    people = make_people(session, consultation, 12)
    return make_theme(session, consultation, people, label=LABEL)


def _edit(officer, theme):
    return Edit(officer, theme.edition, NOON)
