"""Officers, and themes with people behind them, valid as they come."""

from dataclasses import asdict
from itertools import count

import pytest

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from voice.analysis.coding.auditing import Interval
from voice.models import AuditSample, Mention, Officer, Role, SignIn, Theme, ThemeStatus
from voice.services import audits, keys, theme_lists, themes

QUESTION = "important"  # the first free-text question of the Early Help survey
_numbers = count(1)


@pytest.fixture
def consultation(session):
    """One that is open."""
    return make_consultation(session)


@pytest.fixture
def officer(session):
    """One who works on it."""
    return make_officer(session)


def make_officer(session, *, role=Role.OFFICER, team="families"):
    officer = Officer(
        email=f"{role.value}-{next(_numbers)}@example.org",
        name="A. Officer",
        role=role,
        team=team,
        passphrase_hash="none",
        created_at=NOON,
    )
    session.add(officer)
    session.flush()
    return officer


def sign_in(client, session, officer):
    """Let this browser work as the officer."""
    key = keys.new_key()
    session.add(
        SignIn(key_hash=keys.hash_key(key), officer_id=officer.id, began_at=NOON, seen_at=NOON)
    )
    session.flush()
    client.set_cookie("officer", key)


def make_people(session, consultation, number, *, words="More buses please", **answers):
    """Responses with these words, read by the analysis."""
    made = []
    for one in range(number):
        text = f"{words} {one}"
        response = make_response(session, consultation, **{QUESTION: text}, **answers)
        response.answers[QUESTION].tone = "negative"
        made.append(response)
    session.flush()
    return made


def make_theme(session, consultation, people, *, label="Buses", **columns):
    """A theme that these people raise, the first of them the strongest."""
    number = next(_numbers)
    theme = Theme(
        consultation_id=consultation.id,
        question=QUESTION,
        key=f"t{number}",
        label=label,
        found_label=label,
        description="",
        words=["buses"],
        place=number,
        **columns,
    )
    theme.mentions = [
        Mention(response_id=one.id, strength=1 - place / 100, is_quote=place < 3)
        for place, one in enumerate(people)
    ]
    session.add(theme)
    session.flush()
    return theme


def sign_off(session, consultation, officer, *, code=QUESTION, now=NOON):
    """Sign the whole list of a question's themes off, as it stands."""
    seen = theme_lists.mark_of(themes.themes_of(session, consultation, code))
    return theme_lists.sign_off_list(session, consultation, code, officer, seen=seen, now=now)


def pass_audit(session, consultation, code, officer, *, agreement=0.8):
    """Let the list as it stands agree so well with people on thirty answers."""
    rows = themes.themes_of(session, consultation, code)
    measured = Interval(agreement, agreement - 0.1, agreement + 0.1)
    standing = asdict(audits.Standing(coded=30, officers=1, agreement=measured))
    shape = sorted(
        f"{row.id} {row.merged_into_id or ''} {row.status is ThemeStatus.HIDDEN}" for row in rows
    )
    sample = AuditSample(
        consultation_id=consultation.id,
        question=code,
        seed=1,
        drawn_at=NOON,
        drawn_by=officer.id,
        theme_ids=[str(row.id) for row in rows],
        figures=standing | {"list": shape},
    )
    session.add(sample)
    session.flush()
