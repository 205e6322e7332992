"""Load the demonstration: real questionnaires, answers made from published counts, officers.

Everything it loads says on its pages that it is demonstration data, and where that comes from.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from ruamel.yaml import YAML
from sqlalchemy.orm import Session

from surveys.definition import read_from_library
from surveys.demonstration import (
    DemonstrationResponse,
    Wave,
    demonstration_of,
    read_demonstration,
)
from surveys.engine import Survey
from voice.clock import LONDON, in_london
from voice.config import Council
from voice.models import Channel, Consultation, Outcome, OutcomeKind, Role
from voice.services import consultations, keys, officers, responses
from voice.services.consultations import Opening

TEAM = "demonstration"
_WORDING = {
    False: "The wording is from the council's published papers.",
    True: "The council's papers describe it; the wording is ours.",
}
OPEN_DAYS = 42
OPENED_DAYS_AGO = 14
CLOSED_DAYS_AGO = 20  # the newest closed one; each wave before it a year earlier
COUNCIL = {
    "name": "Buckinghamshire Council (demonstration)",
    "safety": {"lead": "safeguarding@demo.example"},
    "helplines": [
        {
            "name": "First Response (Buckinghamshire)",
            "number": "01296 383962",
            "hours": "office hours",
            "serves": ["first_response"],
            "note": "If you are worried about a child or young person",
            "translations": [
                {
                    "language": "cy",
                    "hours": "oriau swyddfa",
                    "note": "Os ydych yn poeni am blentyn neu berson ifanc",
                },
                {
                    "language": "pl",
                    "hours": "w godzinach pracy urzędu",
                    "note": "Jeśli martwisz się o dziecko lub młodą osobę",
                },
                {
                    "language": "ur",
                    "hours": "دفتری اوقات میں",
                    "note": "اگر آپ کسی بچے یا نوجوان کے بارے میں فکر مند ہیں",
                },
            ],
        },
        {
            "name": "First Response, out of hours",
            "number": "0800 999 7677",
            "hours": "evenings and weekends",
            "serves": ["out_of_hours"],
            "translations": [
                {
                    "language": "cy",
                    "name": "First Response, y tu allan i oriau swyddfa",
                    "hours": "gyda’r nos ac ar benwythnosau",
                },
                {
                    "language": "pl",
                    "name": "First Response, po godzinach pracy",
                    "hours": "wieczorami i w weekendy",
                },
                {
                    "language": "ur",
                    "name": "First Response، دفتری اوقات کے بعد",
                    "hours": "شام کو اور ہفتے کے آخر میں",
                },
            ],
        },
    ],
}
_OFFICERS = (
    ("officer@demo.example", "Demonstration officer", Role.OFFICER),
    ("analyst@demo.example", "Demonstration analyst", Role.ANALYST),
    ("safeguarding@demo.example", "Demonstration safeguarding lead", Role.SAFEGUARDING),
    ("admin@demo.example", "Demonstration administrator", Role.ADMIN),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One consultation of the demonstration.

    `wave` names whose published counts its answers are made from; None is the newest wave, and ""
    means that it has no answers but those that people give.
    """

    slug: str
    survey: str
    wave: str | None
    is_open: bool

    @property
    def has_answers(self) -> bool:
        """Whether answers are made for it."""
        return self.wave != ""


# The slugs are addresses that people link to, so they stay.
SHOWN = (
    Shown("early-help-2017", "early_help_2017", None, is_open=True),
    Shown("hmip-viewpoint", "hmip_viewpoint", "", is_open=True),
    Shown("hmip-viewpoint-2016", "hmip_viewpoint", "2016", is_open=False),
    Shown("hmip-viewpoint-2015", "hmip_viewpoint", "2015", is_open=False),
    Shown("victim-feedback", "yos_victim_feedback", "", is_open=True),
    Shown("victim-feedback-2016", "yos_victim_feedback", None, is_open=False),
    Shown("chelseas-choice", "chelseas_choice_2015", "", is_open=True),
    Shown("chelseas-choice-2015", "chelseas_choice_2015", None, is_open=False),
    Shown("my-learning-plan", "pep_pupil_2017", "", is_open=True),
    Shown("what-kids-need", "what_kids_need", "", is_open=True),
)

# Source: Buckinghamshire County Council, Select Committee, 17 October 2017, additional information.
_OUTCOMES = (
    (
        "early-help-2017",
        OutcomeKind.DID,
        "More detail about the proposal would be useful.",
        "We published additional information, and kept the consultation open for longer so that "
        "people had time to read it.",
    ),
)


def write_council(path: Path) -> None:
    """Write the demonstration council's particulars, unless the file is there already."""
    if not path.exists():
        with path.open("w", encoding="utf-8") as file:
            file.write("# The council's own particulars. Fill in your own before you open.\n")
            YAML().dump(COUNCIL, file)


def write_passphrases(path: Path) -> dict[str, str]:
    """Return the demonstration officers' passphrases, made on the first run, for the owner only."""
    if not path.exists():
        path.touch(mode=0o600)
        lines = (f"{email} {secrets.token_urlsafe(15)}\n" for email, _, _ in _OFFICERS)
        path.write_text("".join(lines), encoding="utf-8")
    pairs = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {email: passphrase for email, passphrase in pairs}


def load_officers(session: Session, passphrases: dict[str, str], *, now: datetime) -> None:
    """Add the demonstration officers who are not here yet."""
    for email, name, role in _OFFICERS:
        if officers.find_by_email(session, email) is None:
            new = officers.NewOfficer(email, passphrases[email], role=role, team=TEAM, name=name)
            officers.add_officer(session, new, now=now)


def load_consultation(
    session: Session,
    shown: Shown,
    *,
    council: Council,
    now: datetime,
    on_response: Callable[[], None] = lambda: None,
) -> Consultation | None:
    """Open one consultation of the demonstration with its answers; None if it is here already."""
    if consultations.find_by_slug(session, shown.slug) is not None:
        return None
    survey = read_from_library(shown.survey)
    wave = read_demonstration(shown.survey).wave(shown.wave) if shown.has_answers else None
    opens_at, closes_at = _dates(shown, wave, now=now)
    opening = Opening(
        slug=shown.slug,
        team=TEAM,
        opens_at=opens_at,
        closes_at=closes_at,
        invited=wave.invited if wave else None,
        demonstration=_statement(survey, wave),
    )
    consultation = consultations.open_consultation(
        session, survey, opening, council=council, now=now
    )
    if wave is not None and not shown.is_open:
        consultation.title = f"{survey.title} ({wave.period})"
    if wave is not None:
        given = demonstration_of(survey, wave.label)
        _load_responses(session, consultation, given, wave.label, on_response, now=now)
    _load_outcomes(session, consultation, now=now)
    return consultation


def responses_to_load() -> int:
    """Return how many responses the whole demonstration holds, for a progress bar."""
    return sum(
        read_demonstration(shown.survey).wave(shown.wave).responses
        for shown in SHOWN
        if shown.has_answers
    )


def _statement(survey: Survey, wave: Wave | None) -> str:
    if wave is None:
        return f"Try it, but do not tell it anything real. {_WORDING[_is_ours(survey)]}"
    return " ".join((read_demonstration(survey.code).statement, *wave.notes))


def _is_ours(survey: Survey) -> bool:
    """Whether the paper only describes the survey, so that the wording is not the paper's."""
    return survey.source is not None and survey.source.reconstructed


def _dates(shown: Shown, wave: Wave | None, *, now: datetime) -> tuple[datetime, datetime]:
    """Return the opening moment, a midnight, and the closing one, 23:59, as clocks here show."""
    last_day = now + timedelta(days=OPEN_DAYS)
    first_day = now - timedelta(days=OPENED_DAYS_AGO)
    if wave is not None and not shown.is_open:
        years_before = read_demonstration(shown.survey).waves.index(wave)
        last_day = now - timedelta(days=CLOSED_DAYS_AGO + 365 * years_before)
        first_day = last_day - timedelta(days=wave.days)
    opens_at = datetime.combine(in_london(first_day).date(), time.min, LONDON)
    return opens_at, datetime.combine(in_london(last_day).date(), time(23, 59), LONDON)


def _load_responses(
    session: Session,
    consultation: Consultation,
    given: Iterable[DemonstrationResponse],
    wave: str,
    on_response: Callable[[], None],
    *,
    now: datetime,
) -> None:
    until = min(consultation.closes_at, now)
    latest = (until - consultation.opens_at).days - 1
    for one in given:
        day = min(one.day, max(latest, 0))
        moment = consultation.opens_at + timedelta(days=day, hours=12)
        begun = responses.start_response(session, consultation, Channel(one.channel), now=moment)
        begun.response.wave = wave
        for answer in one.answers.values():
            responses.record_answer(session, begun.response, answer, now=moment)
        responses.submit_response(session, begun.response, now=moment)
        on_response()


def _load_outcomes(session: Session, consultation: Consultation, *, now: datetime) -> None:
    for slug, kind, you_said, we_did in _OUTCOMES:
        if slug == consultation.slug:
            session.add(
                Outcome(
                    consultation=consultation,
                    kind=kind,
                    you_said=you_said,
                    we_did=we_did,
                    press_key=keys.new_key(),
                    published_at=now,
                )
            )
