"""The hub: filled as answers arrive and change, searched by words, filters and meaning."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from surveys.joining import Wall
from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import survey_asking
from tests.voice.themed import make_officer
from voice.errors import NotAllowedError, NotFoundError
from voice.models import AuditEntry, HubEntry, Mention, Response, Role, Theme, ThemeStatus
from voice.services import hub, hub_filling, hub_tables, jobs, responses
from voice.services.hub_asking import Asked, Scope
from voice.services.hub_meaning import find_alike

LATER = NOON + timedelta(minutes=5)
WHAT = {"code": "what", "kind": "free_text", "text": "What should we know?"}
AGES = [{"code": "young", "label": "Young"}, {"code": "old", "label": "Old"}]
AGE = {"code": "age", "kind": "choice", "text": "Your age?", "options": AGES}
WHERE = {"code": "where", "kind": "postcode", "text": "Where do you live?"}
MOST = 16
ASKED = {
    "words": {"words": "bus"},
    "tone": {"words": "bus", "tone": "negative"},
    "theme": {"theme": "transport"},
    "place": {"place": "hp20"},
    "a place that begins so too": {"place": "HP2"},
    "time": {"until": "2026-05-31"},
    "channel": {"channel": "paper"},
    "survey": {"survey": "s"},
}


def said(session, asked, words, **answers):
    return make_response(session, asked, what=words, **answers)


class TestFilling:
    def test_masks_what_was_sent_in_and_nothing_else(self, store, hubbed):
        """PRI-9."""
        hubbed("The meeting with Daniel Brown was long", "Fine")
        with store.writing() as session:
            asked = hubbed.consultation(session)
            make_response(session, asked, submitted=False, what="Not sent in")

        assert hub_filling.fill(store, since=None, now=NOON) == 2
        assert sorted(words(store)) == ["Fine", "The meeting with [name] was long"]

    def test_is_done_once(self, store, hubbed):
        hubbed("Fine")
        hub_filling.fill(store, since=None, now=NOON)

        assert hub_filling.fill(store, since=NOON - timedelta(hours=1), now=NOON) == 0

    def test_looks_only_at_what_was_sent_in_since(self, store, hubbed):
        hubbed("Fine")

        assert hub_filling.fill(store, since=LATER, now=LATER) == 0
        assert hub_filling.fill(store, since=NOON, now=LATER) == 1

    def test_masks_an_answer_anew_that_was_changed(self, store, hubbed):
        (one,) = hubbed("Fine")
        hub_filling.fill(store, since=None, now=NOON)
        with store.writing() as session:
            answer = session.get(Response, one).answers["what"]
            answer.values, answer.answered_at = ["Better"], LATER
            session.flush()

            assert hubbed.search(session).entries == ()

        hub_filling.fill(store, since=None, now=NOON)
        assert words(store) == ["Better"]

    def test_masks_everything_anew_when_the_rules_change(self, store, hubbed):
        hubbed("Fine")
        hub_filling.fill(store, since=None, now=NOON)
        with store.writing() as session:
            session.scalars(select(HubEntry)).one().rules = "older rules"

        assert hub_filling.fill(store, since=None, now=NOON) == 1

    def test_goes_with_the_response(self, store, hubbed):
        (one,) = hubbed("Fine")
        hub_filling.fill(store, since=None, now=NOON)
        with store.writing() as session:
            responses.forget_response(session, session.get(Response, one))

        assert words(store) == []

    def test_throws_away_what_counts_no_more(self, store, hubbed):
        (one,) = hubbed("Fine")
        hub_filling.fill(store, since=None, now=NOON)
        with store.writing() as session:
            session.get(Response, one).counts = False
        hub_filling.fill(store, since=None, now=NOON)

        assert words(store) == []


class TestSearching:
    def test_finds_by_each_filter(self, store, filled):
        with store.writing() as session:
            found = {
                name: {each.words for each in filled(session, **asked).entries}
                for name, asked in ASKED.items()
            }

        late, daily, warm = "The buses are late", "One bus a day", "Warm rooms"
        assert found == {
            "words": {late, daily},
            "tone": {late},
            "theme": {daily},
            "place": {daily, warm},
            "a place that begins so too": {late},
            "time": set(),
            "channel": set(),
            "survey": {late, daily, warm},
        }

    def test_knows_no_theme_of_a_list_that_nobody_signed_off(self, store, filled):
        with store.writing() as session:
            session.scalars(select(Theme)).one().status = ThemeStatus.CHECKED

        with store.writing() as session:
            assert Scope(session, make_officer(session)).theme_names == ()
            assert filled(session, theme="Transport").answers == 0
            assert {each.themes for each in filled(session).entries} == {()}

    def test_by_a_group_of_few_people_shows_nothing(self, store, filled):
        with store.writing() as session:
            shown = filled(session, group="age|old", words="bus")

        assert (shown.withheld, shown.entries, shown.answers) == (True, (), 0)

    def test_by_a_group_of_people_enough_shows_only_theirs(self, store, hubbed):
        hubbed(*(f"Bus {n}" for n in range(5)), age="young")
        hubbed("Bus for us", age="old")
        hub_filling.fill(store, since=None, now=NOON)
        with store.writing() as session:
            shown = hubbed.search(session, group="age|young", words="bus")

        assert (shown.people, shown.withheld) == (5, False)

    @pytest.mark.parametrize(
        "crafted",
        [
            {"group": "what|%Sarah%"},
            {"group": "age|%"},
            {"group": "ag_|young"},
            {"group": "what|sarah"},
            {"place": "sarah"},
            {"place": "%"},
        ],
        ids=str,
    )
    def test_finds_nothing_by_what_nobody_can_choose(self, store, hubbed, crafted):
        hubbed(*["Sarah hates the bus"] * 5, age="young", where="HP20")
        hub_filling.fill(store, since=None, now=NOON)
        with store.writing() as session:
            shown = hubbed.search(session, **crafted)
            noted = session.scalars(select(AuditEntry.subject)).all()

        assert (shown.answers, shown.withheld) == (0, False)
        assert [each.split(" ", 1)[1] for each in noted] == [f"{next(iter(crafted))}=(not offered)"]

    def test_reads_a_place_nowhere_but_in_a_question_about_places(self, store, hubbed):
        survey = survey_asking(WHAT, WHERE | {"kind": "free_text"})
        with store.writing() as session:
            other = make_consultation(session, survey=survey, slug="other")
            for _ in range(5):
                said(session, other, "Buses", where="HP20 is where Sarah lives")
        hub_filling.fill(store, since=None, now=NOON)
        with store.writing() as session:
            assert hubbed.search(session, place="HP20").answers == 0

    @pytest.mark.parametrize(
        ("text", "label", "found"),
        [
            pytest.param("Do you like buses?", "Young", 5, id="another question"),
            pytest.param("Your age?", "Buses", 5, id="another answer"),
            pytest.param("Your age?", "Young", 5, id="alike, and there of too few people"),
        ],
    )
    def test_leaves_out_a_survey_where_few_people_are_of_the_group(
        self, store, hubbed, text, label, found
    ):
        asks = AGE | {"text": text, "options": [{"code": "young", "label": label}, AGES[1]]}
        hubbed(*["Bus"] * 5, age="young")
        with store.writing() as session:
            other = make_consultation(session, survey=survey_asking(WHAT, asks), slug="other")
            said(session, other, "Only one", age="young")
        hub_filling.fill(store, since=None, now=NOON)
        with store.writing() as session:
            scope = Scope(session, hubbed.officer)
            named = {words: key for key, words in scope.groups}
            shown = hubbed.search(session, group=named["Your age? Young"])
            kept = hub.keep_search(
                session, hubbed.officer, Asked(group=named["Your age? Young"]), now=NOON
            )
            table = hub_tables.answers_table(session, hubbed.officer, kept, now=NOON)
            alone = hubbed.search(session, group=named[f"{text} {label}"], survey="other")

        assert {each.words for each in shown.entries} == {"Bus"}
        assert (shown.people, len(table.rows), alone.withheld) == (found, found, True)

    def test_by_a_group_counts_a_person_once(self, store, hubbed):
        many = hubbed(*["Bus"] * 5, age="young")
        with store.writing() as session:
            for one in many[:2]:
                session.get(Response, one).respondent = "the same person"
        hub_filling.fill(store, since=None, now=NOON)
        with store.writing() as session:
            assert hubbed.search(session, group="age|young").withheld

    def test_asks_as_much_of_the_store_however_many_surveys(self, store, hubbed, counting):
        hubbed("Bus")
        hub_filling.fill(store, since=None, now=NOON)
        with store.writing() as session:
            before = counting(lambda: hubbed.search(session, words="bus"))
            for number in range(5):
                make_consultation(session, survey=survey_asking(WHAT), slug=f"more-{number}")
            session.commit()
        with store.writing() as session:
            assert counting(lambda: hubbed.search(session, words="bus")) <= before <= MOST

    def test_is_refused_to_an_analyst(self, session):
        with pytest.raises(NotAllowedError):
            hub.keep_search(session, make_officer(session, role=Role.ANALYST), Asked(), now=NOON)

    def test_never_reads_both_sides_of_a_wall_together(self, store, hubbed):
        with store.writing() as session:
            for slug, side in (("victims", Wall.VICTIM), ("young", Wall.YOUNG_PERSON)):
                walled = survey_asking(WHAT).model_copy(update={"wall": side})
                said(session, make_consultation(session, survey=walled, slug=slug), "Bus")
        hub_filling.fill(store, since=None, now=NOON)
        with store.writing() as session:
            every, alone = (hubbed.search(session, survey=slug) for slug in ("", "victims"))

        assert (every.answers, len(every.apart)) == (0, 2)
        assert (alone.answers, alone.apart) == (1, ())


class TestMeaning:
    def test_finds_what_is_said_in_other_words_once_the_worker_has_looked(self, store, hubbed):
        hubbed("The buses are late", "Warm rooms", *(f"Teachers {n}" for n in "abcdefgh"))
        hub_filling.fill(store, since=None, now=NOON)
        with store.writing() as session:
            kept = hub.keep_search(session, hubbed.officer, Asked("late buses daily"), now=NOON)
            before = hub.search(session, hubbed.officer, kept, now=NOON)

        assert jobs.work_once(store, {hub.MEANING: find_alike}, now=lambda: NOON)
        with store.writing() as session:
            found = hub.search(session, hubbed.officer, kept, now=NOON)
        assert (before.meaning, found.meaning, found.entries) == ("waiting", "found", ())
        assert "The buses are late" in {each.words for each in found.alike}
        assert "Warm rooms" not in {each.words for each in found.alike}


class TestAView:
    def test_is_found_by_the_team_only_when_it_is_shared(self, session):
        theirs, other = make_officer(session), make_officer(session)
        kept = hub.keep_search(session, theirs, Asked("bus"), now=NOON)
        hub.name_search(session, theirs, kept, " Buses ", shared=False, now=NOON)

        assert hub.list_views(session, other) == []
        with pytest.raises(NotFoundError):
            hub.get_search(session, other, kept.id)

        hub.name_search(session, theirs, kept, "Buses", shared=True, now=NOON)
        assert [each.name for each in hub.list_views(session, other)] == ["Buses"]

    def test_is_deleted_by_who_kept_it_and_nobody_else(self, session):
        theirs, other = make_officer(session), make_officer(session)
        kept = hub.keep_search(session, theirs, Asked("bus"), now=NOON)
        hub.name_search(session, theirs, kept, "Buses", shared=True, now=NOON)

        with pytest.raises(hub.ViewRefusedError, match="theirs"):
            hub.delete_search(session, other, kept, now=NOON)
        hub.delete_search(session, theirs, kept, now=NOON)
        assert hub.list_views(session, theirs) == []

    def test_without_a_name_is_forgotten_after_thirty_days(self, store):
        with store.writing() as session:
            officer = make_officer(session)
            hub.keep_search(session, officer, Asked("bus"), now=NOON)
            named = hub.keep_search(session, officer, Asked("bus"), now=NOON)
            hub.name_search(session, officer, named, "Buses", shared=False, now=NOON)
        hub_filling.fill(store, since=None, now=NOON + timedelta(days=31))

        with store.reading() as session:
            assert session.scalars(select(hub.HubSearch.name)).all() == ["Buses"]


def test_what_is_asked_comes_back_as_it_was_kept():
    asked = Asked("bus", tone="negative")

    assert Asked.read(asked.stored) == asked
    assert set(asdict(asked)) >= set(asked.stored)


def words(store):
    with store.reading() as session:
        return list(session.scalars(select(HubEntry.words)))


@pytest.fixture
def hubbed(store):
    """A function that lets people say things to one survey; with `search` and `consultation`."""

    def consultation(session):
        return session.scalars(select(hub_filling.Consultation)).one()

    def search(session, *, officer=None, **asked):
        officer = officer or made_by.officer
        kept = hub.keep_search(session, officer, Asked(**asked), now=NOON)
        return hub.search(session, officer, kept, now=NOON)

    def made_by(*texts, **answers):
        with store.writing() as session:
            asked = consultation(session)
            return [said(session, asked, each, **answers).id for each in texts]

    with store.writing() as session:
        make_consultation(session, survey=survey_asking(WHAT, AGE, WHERE), slug="s")
        made_by.officer = make_officer(session)
    made_by.consultation, made_by.search = consultation, search
    return made_by


@pytest.fixture
def filled(store, hubbed):
    """A function that searches in three answers of five people each: one has a theme, one a tone.

    The first is of one old person, too.
    """
    late = hubbed(*["The buses are late"] * 5, where="HP2", age="young")
    late += hubbed("The buses are late", where="HP2", age="old")
    daily = hubbed(*["One bus a day"] * 5, where="HP20 1AA")
    hubbed(*["Warm rooms"] * 5, where="HP20")
    named = {"key": "t", "label": "Transport", "found_label": "", "description": "", "words": []}
    with store.writing() as session:
        for each in late:
            session.get(Response, each).answers["what"].tone = "negative"
        asked = hubbed.consultation(session).id
        theme = Theme(
            consultation_id=asked,
            question="what",
            place=1,
            status=ThemeStatus.SIGNED_OFF,
            **named,
        )
        theme.mentions = [Mention(response_id=each, strength=1) for each in daily]
        session.add(theme)
    hub_filling.fill(store, since=None, now=NOON)
    return hubbed.search


@pytest.fixture
def counting(store):
    def count(act):
        sent = []
        event.listen(store.engine, "before_cursor_execute", lambda *call: sent.append(call[2]))
        act()
        return len(sent)

    return count
