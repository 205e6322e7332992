"""Measure how long an officer waits from one correction to the new counts, with 10,000 answers.

    python -m benchmarks.correcting [ANSWERS]

The answers are those of the coded patient feedback of `benchmarks.coding`, and above their number
two of them joined, chosen by chance (seed 1). The list is the 25 codes that people gave most often;
what was "found" is what people gave, or, for three answers in ten, one by chance or nothing. Six
corrections follow one another, each learnt by the worker's own job on SQLite before the next is
given. The first one reads every text; the others are what an officer waits for.

Exit code 1 unless the median of those is within the bar.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

from sqlalchemy import insert

from benchmarks.coding import OWN_COPY, read_coded
from surveys.definition import read_from_library
from voice.analysis.coding.seeing import Sight
from voice.config import Council, Helpline, Settings
from voice.database import Database, migrate
from voice.models import AnswerRow, Channel, CodePurpose, Mention, Officer, Response, Role, Theme
from voice.services import assigning, codes, consultations, jobs
from voice.services.codes import Place
from voice.services.consultations import Opening
from voice.services.stores import open_store

ANSWERS, THEMES, CORRECTIONS, SEED = 10_000, 25, 6, 1
BAR_SECONDS, AIM_SECONDS = 3.0, 1.0
WRONG_SHARE = 0.3
QUESTION = "important"
START = datetime(2026, 6, 1, 12, tzinfo=UTC)

Said = Sequence[tuple[str, frozenset[str]]]


def make_answers(number: int) -> tuple[Said, Sequence[str]]:
    """Return so many answers with what people gave each, and the codes given most often."""
    comments, given, _ = read_coded(OWN_COPY)
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    said = [(one.text, keys) for one, keys in zip(comments, given, strict=True) if keys]
    while len(said) < number:
        (one, its), (other, others) = chance.sample(said[: len(comments)], 2)
        said.append((f"{one} {other}", its | others))
    commonest = Counter(key for _, keys in said for key in keys).most_common(THEMES)
    return said[:number], [key for key, _ in commonest]


def fill(database: Database, said: Said, keys: Sequence[str]) -> tuple[UUID, list[UUID]]:
    """Put the answers and the list into the store; return an officer and the responses."""
    chance = random.Random(SEED)  # noqa: S311 - a sample, not a secret
    with database.writing() as session:
        survey = read_from_library("early_help_2017")
        opening = Opening(
            slug="bench",
            team="bench",
            opens_at=START - timedelta(days=1),
            closes_at=START + timedelta(days=9),
        )
        council = Council(helplines=(Helpline(name="A line", number="01296 383962"),))
        ours = consultations.open_consultation(
            session, survey, opening, council=council, now=START - timedelta(days=2)
        )
        version = consultations.current_version(ours).id
        officer = Officer(
            email="o@example.org", name="O", role=Role.OFFICER, team="bench",
            passphrase_hash="", created_at=START, left_at=None,
        )  # fmt: skip
        session.add(officer)
        themes = {
            key: Theme(
                consultation_id=ours.id, question=QUESTION, key=key, label=key, found_label="",
                description="", words=[], place=place,
            )
            for place, key in enumerate(keys)
        }  # fmt: skip
        session.add_all(themes.values())
        session.flush()
        ids = [uuid4() for _ in said]
        rows = [
            {"id": one, "consultation_id": ours.id, "survey_version_id": version,
             "channel": Channel.WEB, "respondent": str(one), "reference": str(one),
             "started_at": START, "submitted_at": START}
            for one in ids
        ]  # fmt: skip
        session.execute(insert(Response), rows)
        answers = [
            {"response_id": one, "question": QUESTION, "values": [text], "tone": "neutral",
             "answered_at": START}
            for one, (text, _) in zip(ids, said, strict=True)
        ]  # fmt: skip
        session.execute(insert(AnswerRow), answers)
        mentions = []
        for one, (_, given) in zip(ids, said, strict=True):
            right = [key for key in keys if key in given]
            wrong = [chance.choice(keys)] if chance.random() < 0.5 else []
            found = wrong if chance.random() < WRONG_SHARE else right
            mentions += [
                {"theme_id": themes[key].id, "response_id": one, "strength": 0.5} for key in found
            ]
        session.execute(insert(Mention), mentions)
        return officer.id, ids


def correct(database: Database, officer: UUID, response: UUID, keys: frozenset[str]) -> None:
    """Let the officer give an answer these themes."""
    with database.writing() as session:
        ours = consultations.find_by_slug(session, "bench")
        by = session.get_one(Officer, officer)
        if ours is None:
            raise SystemExit("the store lost its consultation")
        themes = codes.themes.themes_of(session, ours, QUESTION)
        given = [theme.id for theme in themes if theme.key in keys]
        place = Place(ours, QUESTION, response)
        codes.give(session, by, place, given, purpose=CodePurpose.CHECK, now=datetime.now(UTC))


def main(arguments: Sequence[str]) -> int:
    """Print the seconds from each correction to its counts; return the exit code."""
    said, keys = make_answers(int(arguments[0]) if arguments else ANSWERS)
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'bench.db'}"
        database = open_store(Settings(home=Path(folder), database_url=address, secret_key=""))
        migrate(database)
        officer, ids = fill(database, said, keys)
        sight, waited = Sight(), []
        works = {jobs.ASSIGN: assigning.assigning(sight, with_new=False)}
        for at in range(CORRECTIONS):
            place = at * 97
            started, used = time.perf_counter(), time.process_time()
            correct(database, officer, ids[place], said[place][1])
            if not jobs.work_once(database, works):
                return 1
            waited.append(time.perf_counter() - started)
            used = time.process_time() - used
            what = "reads every text" if at == 0 else "learns"
            print(
                f"correction {at + 1}: {waited[-1]:6.2f} s ({used:.2f} s of work), {what}",
                flush=True,
            )
        database.close()
    found = median(waited[1:])
    print(f"{len(said)} answers, {len(keys)} themes, texts read through {sight.passes} time(s)")
    print(f"from a correction to its counts: {found:.2f} s (bar {BAR_SECONDS}, aim {AIM_SECONDS})")
    return 0 if found <= BAR_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
