"""Capability K2: rankings, pairs, grids and card sorts come in from files, part by part."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import object_session

from surveys.definition import read_survey
from tests.conftest import NOON
from tests.factories import make_consultation
from voice.models import Response
from voice.services import import_mapping, importing, imports
from voice.services.import_mapping import ColumnsRefusedError, Mapping
from voice.services.responses import answers_of

SURVEY = """
code: parts
title: Parts
audience: adult
about: {what: "Parts", why: "To try", who_for: "Testers", minutes: 1,
        what_happens: "Nothing", who_reads: "Testers"}
questions:
  - {code: sure, kind: pair, text: "How sure are you?"}
  - code: rated
    kind: grid
    text: "How was each?"
    rows: [{code: room, label: "The room"}, {code: food, label: "The food, and drink"}]
    columns:
      - {code: poor, label: "Poor", score: 1}
      - {code: good, label: "Good", score: 2}
      - {code: best, label: "Best", score: 3}
  - code: first
    kind: ranking
    text: "What first?"
    options:
      - {code: bus, label: "Buses, early"}
      - {code: park, label: "Parks"}
      - {code: pool, label: "Pool"}
  - code: needs
    kind: card_sort
    text: "Which pile?"
    piles: [{code: have, label: "I have this"}, {code: more, label: "I want more"}]
    cards:
      - {code: food, label: "Enough food", worry_in: [more]}
      - {code: play, label: "Time to play"}
  - {code: why, kind: free_text, text: "Why?"}
"""
HEADER = (
    "How sure are you? [Before],How sure are you? [After],How was each? [The room],"
    '"How was each? - The food, and drink",What first? [Rank 1],What first? [2],'
    "Which pile? [Enough food],needs: play\n"
)
TARGETS = (
    "sure#start", "sure#end", "rated#room", "rated#food", "first#1", "first#2",
    "needs#food", "needs#play",
)  # fmt: skip
ROW = '40,85%,Good,3,Parks,"Buses, early",I want more,have\n'


class TestWhatAColumnStandsFor:
    def test_is_guessed_from_the_words_after_its_question(self, uploaded):
        found = uploaded(HEADER + ROW)

        assert imports.mapping_of(found).targets == TARGETS

    def test_can_be_the_place_of_one_option(self, uploaded):
        found = uploaded("What first? [Parks],What first? [Pool]\n2,1\n")

        assert imports.mapping_of(found).targets == ("first=park", "first=pool")

    @pytest.mark.parametrize(
        "targets",
        [
            pytest.param(("first", "first#1"), id="whole and a place"),
            pytest.param(("first=bus", "first#1"), id="an option and a place"),
        ],
    )
    def test_is_not_said_in_two_ways(self, uploaded, targets):
        found = uploaded("a,b\n1,2\n")

        with pytest.raises(ColumnsRefusedError, match="keep one way"):
            import_mapping.check(imports.survey_of(found), found.columns, Mapping(targets))

    def test_is_offered_part_by_part(self, uploaded):
        offered = dict(import_mapping.targets_of(imports.survey_of(uploaded(HEADER + ROW))))

        assert offered["sure#start"].endswith("→ only “Before”")
        assert offered["first=bus"].endswith("→ the place of “Buses, early”")
        assert offered["needs#play"].endswith("→ only “Time to play”")


class TestBringingPartsIn:
    def test_puts_each_answer_together(self, brought_in):
        answers = brought_in(HEADER + ROW)

        assert answers["sure"].values == ("40", "85")
        assert answers["rated"].values == ("room.good", "food.best")
        assert answers["first"].values == ("park", "bus")
        assert answers["needs"].values == ("food.more", "play.have")

    def test_reads_places_beside_options(self, brought_in):
        answers = brought_in("What first? [Parks],What first? [Pool],Why?\n2,1,x\n")

        assert answers["first"].values == ("pool", "park")

    def test_reads_everything_out_of_one_cell(self, brought_in):
        answers = brought_in(
            "sure,rated,first,needs\n"
            '40 to 85,The room: Good; food.best,"Parks; Buses, early",Time to play: I have this\n'
        )

        assert answers["sure"].values == ("40", "85")
        assert answers["rated"].values == ("room.good", "food.best")
        assert answers["first"].values == ("park", "bus")
        assert answers["needs"].values == ("play.have",)

    def test_skips_what_is_empty_in_every_column(self, brought_in):
        answers = brought_in(HEADER + ",,,,,,,have\n")

        assert [answers[code].is_skipped for code in ("sure", "rated", "first")] == [True] * 3

    def test_raises_a_concern_for_a_card_in_a_worrying_pile(self, uploaded):
        ready = importing.make_ready(agreed(uploaded(HEADER + ROW)), now=NOON)

        assert [concern.words for concern in ready.concerns] == ["Enough food: I want more"]


class TestWhatCannotComeIn:
    @pytest.mark.parametrize(
        ("row", "column", "words"),
        [
            pytest.param("40,many,,,,,,", "[After]", "no whole per cent", id="no per cent"),
            pytest.param("40,,,,,,,", "[After]", "the other is empty", id="one of a pair"),
            pytest.param("40 85,,,,,,,", "[Before]", "no whole per cent", id="both in one"),
            pytest.param(",,Good,Splendid,,,,", "food, and drink", "none of the", id="no rating"),
            pytest.param(",,,,Parks,Trams,,", "[2]", "none of the options", id="nothing to rank"),
            pytest.param(",,,,,Parks,,", "[Rank 1]", "leaves a place empty", id="a gap"),
            pytest.param(",,,,Pool,Pool,,", "[Rank 1]", "stands there twice", id="twice"),
            pytest.param(",,,,,,Plenty,", "[Enough food]", "none of the", id="no pile"),
        ],
    )
    def test_is_said_with_its_row_its_column_and_the_cure(self, uploaded, row, column, words):
        found = uploaded(f"{HEADER}{ROW}{row}\n")

        (fault,) = imports.dry_run(found).faults

        assert (fault.row, column in fault.column) == (3, True)
        assert words in fault.what
        assert fault.cure

    def test_is_a_place_that_is_no_number(self, uploaded):
        (fault,) = imports.dry_run(uploaded("What first? [Parks]\nhigh\n")).faults

        assert (fault.what, fault.cure.startswith("write 1")) == ("is no place", True)

    def test_keeps_everything_out(self, uploaded):
        found = uploaded(f"{HEADER}{ROW},,Good,Splendid,,,,\n")

        with pytest.raises(imports.ImportRefusedError, match="faults"):
            agreed(found)


class TestNamesThatAreNoChoice:
    def test_are_asked_about_once_and_then_taken(self, uploaded):
        found = uploaded(f"{HEADER},,Splendid,,,,Plenty,\n")
        before, survey = imports.mapping_of(found), imports.survey_of(found)
        unknown = import_mapping.find_unknown(survey, imports.table_of(found), before)

        agreed_names = {"rated": {"splendid": "best"}, "needs": {"plenty": "-"}}
        imports.save_mapping(found=found, mapping=Mapping(before.targets, agreed_names),
                             session=uploaded.session)  # fmt: skip

        assert {(one.question, one.name) for one in unknown} == {
            ("rated", "Splendid"),
            ("needs", "Plenty"),
        }
        (row,) = imports.dry_run(found).rows
        assert row.answers["rated"].values == ("room.best",)
        assert row.answers["needs"].is_skipped


def agreed(found):
    agreement = imports.Agreement(found.row_count, (NOON - timedelta(days=1)).date())
    imports.confirm(object_session(found), found, None, agreement, now=NOON)
    return found


@pytest.fixture
def uploaded(session):
    """A file handed in for a consultation that asks for parts."""
    consultation = make_consultation(session, survey=read_survey(SURVEY), slug="parts")

    def upload(text):
        handed_in = imports.HandedIn("a.csv", text.encode())
        return imports.upload(session, consultation, None, handed_in, now=NOON)

    upload.session = session
    return upload


@pytest.fixture
def brought_in(session, uploaded):
    """The answers of the one row of a file, brought in."""

    def bring_in(text):
        importing.bring_in_now(session, agreed(uploaded(text)), now=NOON)
        return answers_of(session.scalars(select(Response)).one())

    return bring_in
