"""Section 4 of the papers, ST1 to ST34: what the papers print, read from answers in the store.

Where a paper gives the counts, or only one count fits its per cent, that many people answer and
the product's own statistics are read. Where no answers can give the printed figure, because its
base is missing or two pages disagree, the service says that in words: see `Check figures`.
"""

from uuid import uuid4

import pytest
from sqlalchemy import insert

from surveys.engine import Survey
from tests.conftest import NOON
from tests.factories import make_consultation
from tests.stores import new_sqlite
from tests.surveys.conftest import ABOUT
from voice.models import AnswerRow, Channel, Response
from voice.reports.figures import Figure
from voice.reports.printed_checks import Verdict, check_printed
from voice.services.results import question_figures

# Each: the paper's figure, how many chose each option in order, how many were asked and skipped it,
# and the shares that the paper prints of the options.
ANSWERED = (
    ("ST1", "service", (45, 0), 0, (100, None)),
    ("ST1", "offending", (37, 8), 0, (82, None)),
    ("ST2", "offending_2015", (20, 1), 0, (95, None)),
    ("ST2", "service_2015", (21, 0), 0, (100, None)),
    ("ST6", "attitude", (422, 112), 0, (79, None)),
    ("ST8", "respect", (150, 384), 0, (28, None)),
    ("ST8", "delete_friends", (128, 406), 0, (24, None)),
    ("ST9", "worried", (114, 420), 0, (21, None)),
    ("ST9", "asked_for_help", (59, 55), 0, (52, 48)),
    ("ST10", "schools_useful", (13, 0), 0, (100, None)),
    ("ST12", "knew_little", (97, 31), 0, (76, None)),
    ("ST12", "knowledge_improved", (128, 0), 0, (100, None)),
    ("ST13", "commercial", (294, 12), 1, (96, 4)),
    ("ST13", "confident", (286, 21), 0, (93, None)),
    ("ST14", "recommend", (114, 1), 0, (99, None)),
    ("ST19", "on_time", (1172, 49), 0, (96, None)),
    ("ST20", "advocate", (228, 993), 0, (19, None)),
    ("ST21", "complained", (11, 6), 0, (None, None)),
    ("ST25", "not_appropriate", (245, 1261), 0, (16, None)),
    ("ST26", "social_care", (48, 36), 0, (57, None)),
    ("ST26", "second_source", (12, 72), 0, (14, None)),
    ("ST26", "third_source", (15, 69), 0, (18, None)),
    ("ST33", "sample", (36, 4), 0, (90, None)),
    ("ST33", "sample_parts", (26, 14), 0, (65, 35)),
)
# Of scales: the two first options are one box, added before it is rounded.
TOP_TWO = (
    ("ST3", "satisfied", (40, 38, 0, 0), 78, "78 of 78 (100%)"),
    ("ST7", "helpful", (363, 160, 8, 3), 534, "523 of 534 (98%)"),
)
ONE_DECIMAL = {
    "offending": "82.2%",
    "offending_2015": "95.2%",
    "worried": "21.3%",
    "asked_for_help": "51.8%",
    "commercial": "96.1%",  # of the 306 who answered; of all 307 it is 95.8%
    "confident": "93.2%",
    "recommend": "99.1%",
    "advocate": "18.7%",
    "not_appropriate": "16.3%",
    "social_care": "57.1%",
}
# Printed shares that no answers can reproduce, line by line, and what is wrong with the last line.
NOT_REPRODUCIBLE = (
    ("ST4", "100% felt supported", Verdict.NO_BASE, "of how many"),
    ("ST11", "over 98% of all young people surveyed", Verdict.NO_BASE, "of how many"),
    (
        "ST17",
        "Children who took part: 95%\nChildren who took part: 9 out of 10",
        Verdict.CONFLICT,
        "“Children who took part: 95%” says 95% of the same",
    ),
    ("ST18", "Aged 5 to 9: 20%", Verdict.NO_BASE, "of how many"),
    ("ST22", "100% would recommend the service", Verdict.NO_BASE, "of how many"),
    (
        "ST23",
        "Reduced risky association: 83%\nReduced risky association: 73%",
        Verdict.CONFLICT,
        "says 83% of the same",
    ),
    (
        "ST24",
        "Within 72 hours: 68%\nOutside 72 hours: 16%\nTotal: 86%",
        Verdict.CONFLICT,
        "68% + 16% is 84%, not 86%: they may be shares of different bases.",
    ),
    ("ST27", "GP surgeries with regular meetings: 92%", Verdict.NO_BASE, "of how many"),
    ("ST28", "81%, which is the lowest rate of return for 5 years", Verdict.NO_BASE, "of how many"),
)
COUNTS = {
    "ST5": "Victims who gave feedback: 16",
    "ST16": "Statements: 287",
    "ST30": "Pledges: 36",
    "ST31": "Practitioners and managers who attended: 54",
    "ST32": "Children reached: 13,282",
}
# Reproduced by the tests of the rows that report them.
IN_THEIR_ROWS = {
    "ST15": "H9: 12 of 46 (26%)",
    "ST29": "H12: 56, 58, 61 against their targets, and ~ for the current year",
    "ST34": "E8: both tables of training",
}

OPTIONS = [{"code": f"o{place}", "label": f"Option {place}"} for place in range(4)]


def _question(code, many, kind):
    return {"code": code, "kind": kind, "text": f"{code}?", "options": OPTIONS[:many]}


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """The figures of every question, by its code, of answers that are rows of the store."""
    asked = [_question(code, 2, "choice") for _, code, *_ in ANSWERED]
    asked += [_question(code, 4, "scale") for _, code, *_ in TOP_TWO]
    survey = {"code": "papers", "title": "Papers", "about": ABOUT, "questions": asked}
    given = {code: (counts, skipped) for _, code, counts, skipped, _ in ANSWERED}
    given |= {code: (counts, 0) for _, code, counts, *_ in TOP_TWO}
    database = new_sqlite(tmp_path_factory.mktemp("papers"))
    with database.writing() as session:
        made = make_consultation(session, survey=Survey.model_validate(survey), slug="papers")
        people = [uuid4() for _ in range(max(sum(counts) + s for counts, s in given.values()))]
        session.execute(insert(Response), [_response(made, each) for each in people])
        rows = [row for code, said in given.items() for row in _answers(people, code, *said)]
        session.execute(insert(AnswerRow), rows)
    with database.reading() as session:
        found = question_figures(session, session.merge(made))
    database.close()
    return {each.code: each for each in found}


def _response(consultation, key):
    return {
        "id": key,
        "consultation_id": consultation.id,
        "survey_version_id": consultation.versions[-1].id,
        "channel": Channel.PAPER,
        "respondent": key.hex,
        "reference": key.hex,
        "started_at": NOON,
        "submitted_at": NOON,
    }


def _answers(people, code, counts, skipped):
    said = [[f"o{place}"] for place, count in enumerate(counts) for _ in range(count)]
    said += [[]] * skipped
    return [
        {"response_id": person, "question": code, "values": values, "answered_at": NOON}
        for person, values in zip(people, said, strict=False)
    ]


class TestAPrintedShare:
    @pytest.mark.parametrize(
        ("code", "counts", "skipped", "printed"),
        [pytest.param(*each[1:], id=f"{each[0]}-{each[1]}") for each in ANSWERED],
    )
    def test_is_read_from_answers_with_its_base_and_who_is_missing(
        self, figures, code, counts, skipped, printed
    ):
        read = figures[code]

        assert [row.count for row in read.rows] == list(counts)
        assert (read.base, read.skipped) == (sum(counts), skipped)
        assert read.not_asked == 1506 - read.base - skipped
        for row, share in zip(read.rows, printed, strict=True):
            assert share in {None, row.percent}

    @pytest.mark.parametrize(
        ("code", "base", "words"),
        [pytest.param(each[1], *each[3:], id=each[0]) for each in TOP_TWO],
    )
    def test_of_the_two_best_answers_is_added_before_it_is_rounded(
        self, figures, code, base, words
    ):
        assert figures[code].base == base
        assert figures[code].together.words == words

    @pytest.mark.parametrize(("code", "words"), ONE_DECIMAL.items())
    def test_has_one_decimal_where_somebody_asks(self, figures, code, words):
        assert figures[code].with_decimals(1).rows[0].percent_words == words

    def test_st13_is_the_same_of_those_asked_as_of_those_who_answered(self, figures):
        asked = figures["commercial"].base + figures["commercial"].skipped

        assert asked == 307
        assert [Figure("", count, asked).percent for count in (294, 12)] == [96, 4]

    def test_st7_is_told_by_part_and_together(self, figures):
        assert [row.percent for row in figures["helpful"].rows[:2]] == [68, 30]


class TestAShareThatNoAnswersGive:
    @pytest.mark.parametrize(
        ("draft", "verdict", "reason"),
        [pytest.param(*each[1:], id=each[0]) for each in NOT_REPRODUCIBLE],
    )
    def test_is_told_in_words(self, draft, verdict, reason):
        last = check_printed(draft)[-1]

        assert last.verdict is verdict
        assert reason in " ".join(last.reasons)

    def test_st24_adds_up_once_the_bases_are_the_same(self):
        last = check_printed("Of appropriate: 70%\nOutside: 16%\nTotal: 86%")[-1]

        assert "70% + 16% is 86%." in last.reasons

    def test_st13_says_that_one_answer_is_missing(self):
        last = check_printed("Improved: 294\nDid not: 12\nTotal: 307")[-1]

        assert last.verdict is Verdict.CONFLICT
        assert "leaves 1 of 307" in last.reasons[0]

    def test_st21_adds_up(self):
        last = check_printed("Children: 11\nCare leavers: 6\nTotal: 17")[-1]

        assert last.reasons == ("11 + 6 is 17.",)

    @pytest.mark.parametrize("draft", COUNTS.values(), ids=COUNTS)
    def test_is_not_asked_of_a_count(self, draft):
        (line,) = check_printed(draft)

        assert line.verdict is Verdict.COUNT


def test_every_statement_of_section_4_is_here_or_with_its_row():
    here = {each[0] for each in (*ANSWERED, *TOP_TWO, *NOT_REPRODUCIBLE)}

    assert {f"ST{number}" for number in range(1, 35)} == here | set(COUNTS) | set(IN_THEIR_ROWS)
