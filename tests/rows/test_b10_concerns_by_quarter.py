"""B10: concerns that reviewing officers raised, coded to the eight reasons and told by quarter."""

import csv

import pytest
from click.testing import CliRunner

from voice.cli.analyse import analyse

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


def _write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(header)
        writer.writerows(rows)
