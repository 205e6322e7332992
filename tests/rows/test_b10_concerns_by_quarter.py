"""B10: concerns that reviewing officers raised, coded to the eight reasons and told by quarter."""

import csv
import io
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import make_consultation
from tests.voice.themed import make_officer, make_people, make_theme, sign_off
from voice.cli.analyse import analyse
from voice.models import Consultation, OutcomeKind
from voice.services import outcomes
from voice.services.outcomes import Saying
from voice.services.theme_actions import actions_file

# The eight reasons as the annual report prints them; the concerns below are ours.
REASONS = {
    "placements": "Delays in identifying placements",
    "rehabilitation": "Premature rehabilitation plans (retuning children home)",
    "permanency": "Delays in family finding for permanency",
    "impact": "Negative impact of another child in placement",
    "reallocation": "Delays in re-allocation of Social Worker",
    "plans": "Plans not shared with child",
    "education": "Delay in providing appropriate education resource",
    "informed": "IRO not informed or consulted about significant change to Care Plan.",
}
QUARTERS = {"2017-18 Q1": (3, 1, 0, 2, 4, 1, 2, 5), "2017-18 Q2": (1, 0, 2, 0, 6, 3, 1, 2)}

DUE = date(2026, 9, 1)


class TestConcernsByQuarter:
    """TEST: quarterly theme counts over the 8 reasons."""

    def test_b10_count_each_of_the_eight_reasons_in_each_quarter(self, table):
        counted = {(row["question"], row["theme_id"]): int(row["count"]) for row in table}

        assert counted == {
            (quarter, reason): number
            for quarter, numbers in QUARTERS.items()
            for reason, number in zip(REASONS, numbers, strict=True)
        }

    def test_b10_name_the_reasons_as_the_service_does(self, table):
        assert {row["label"] for row in table} == set(REASONS.values())

    def test_b10_have_their_base_in_every_line(self, table):
        bases = {row["question"]: int(row["base"]) for row in table}

        assert bases == {quarter: sum(numbers) for quarter, numbers in QUARTERS.items()}

    @pytest.fixture
    def table(self, tmp_path):
        concerns = [
            (f"c{number}", quarter, f"Concern {number}: {REASONS[reason].lower()}", reason)
            for number, (quarter, reason) in enumerate(
                (quarter, reason)
                for quarter, numbers in QUARTERS.items()
                for reason, many in zip(REASONS, numbers, strict=True)
                for _ in range(many)
            )
        ]
        _write(tmp_path / "log.csv", ("id", "quarter", "text"), [each[:3] for each in concerns])
        _write(tmp_path / "frame.csv", ("key", "name"), list(REASONS.items()))
        _write(
            tmp_path / "coded.csv",
            ("id", "question", "labels"),
            [(key, quarter, reason) for key, quarter, _, reason in concerns],
        )
        told = [str(tmp_path / "log.csv"), "--text", "text", "--question", "quarter"]
        frame = ["--themes", str(tmp_path / "frame.csv"), "--coded", str(tmp_path / "coded.csv")]
        done = CliRunner().invoke(analyse, [*told, *frame, "--out", str(tmp_path / "out")])
        assert done.exit_code == 0, done.output
        with (tmp_path / "out/themes.csv").open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))


class TestConcernsInTheService:
    """TEST: with action and "changes in practice" column."""

    def test_b10_are_counted_by_quarter_beside_what_is_done_and_what_changed(self, session, logged):
        rows = _read(session)

        assert {(row["theme"], row["wave"]) for row in rows} == {
            (reason, quarter) for reason in REASONS.values() for quarter in QUARTERS
        }
        plans = [row for row in rows if row["theme"] == REASONS["plans"]]

        assert [(row["wave"], row["people"], row["of"]) for row in plans] == [
            ("2017-18 Q1", "5", "22"),
            ("2017-18 Q2", "15", "27"),
        ]
        assert {row["action"] for row in plans} == {"Every plan is read with the child."}
        assert {row["changes in practice"] for row in plans} == {"Plans come with a letter."}

    def test_b10_say_nothing_that_gives_a_few_away(self, session, logged):
        permanency = [row for row in _read(session) if row["theme"] == REASONS["permanency"]]

        assert [row["people"] for row in permanency] == ["withheld", "withheld"]

    @pytest.fixture
    def logged(self, session):
        """A log as in the table above, but for five times as many of one reason."""
        asked, officer = make_consultation(session), make_officer(session)
        logged = {}
        for place, (key, reason) in enumerate(REASONS.items()):
            people = []
            for quarter, numbers in QUARTERS.items():
                some = make_people(
                    session, asked, (5 if key == "plans" else 1) * numbers[place], words="Logged"
                )
                for one in some:
                    one.wave = quarter
                    one.submitted_at = NOON + timedelta(days=90 * (quarter == "2017-18 Q2"))
                people += some
            logged[key] = make_theme(session, asked, people, label=reason)
        sign_off(session, asked, officer)
        before = None
        for kind, words in (
            (OutcomeKind.WILL, "Every plan is read with the child."),
            (OutcomeKind.DID, "Plans come with a letter."),
        ):
            said = Saying(kind, "Plans are not shared.", words, owner="Reviewing", due_on=DUE,
                          follows=before)  # fmt: skip
            before = outcomes.publish_outcome(
                session, logged["plans"], said, officer=officer, press_key=kind.value, now=NOON
            ).id
        return logged


def _read(session):
    asked = session.scalars(select(Consultation)).one()
    return list(csv.DictReader(io.StringIO(actions_file(session, asked).decode("utf-8-sig"))))


def _write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(header)
        writer.writerows(rows)
