"""Everything that leaders are handed about one consultation: every paper, in every kind of file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial

from sqlalchemy.orm import Session

from voice.models import Consultation
from voice.reports.briefing import Briefing
from voice.reports.codebook import codebook_file, spss_syntax
from voice.reports.handout import Handout
from voice.reports.handout_files import KINDS, handout_file
from voice.services import (
    briefings,
    meeting_papers,
    monitoring,
    packs,
    stopping,
    storyboards,
    team_papers,
)
from voice.services.consultations import current_survey

BETWEEN_MEETINGS = timedelta(weeks=13)  # the team meets each quarter


@dataclass(frozen=True)
class Meeting:
    """What a meeting is told of one consultation, as things stand at `now`."""

    session: Session
    consultation: Consultation
    council: str
    now: datetime

    @cached_property
    def brief(self) -> Briefing:
        """The figures and themes from which every paper is made."""
        return briefings.write_briefing(
            self.session, self.consultation, council=self.council, now=self.now
        )


Writer = Callable[[Meeting], Handout]


def _briefed(write: Callable[[Session, Consultation, Briefing], Handout]) -> Writer:
    return lambda meeting: write(meeting.session, meeting.consultation, meeting.brief)


def _dated(write: Callable[..., Handout]) -> Writer:
    return lambda meeting: write(
        meeting.session, meeting.consultation, council=meeting.council, now=meeting.now
    )


def _team_paper(meeting: Meeting) -> Handout:
    since = meeting.now - BETWEEN_MEETINGS
    return team_papers.write_team_paper(
        meeting.session,
        [meeting.consultation],
        council=meeting.council,
        since=since,
        now=meeting.now,
    )


PAPERS: dict[str, tuple[str, Writer]] = {
    "select-committee": (
        "Select Committee report", _briefed(meeting_papers.write_select_committee),
    ),
    "health-and-wellbeing-board": (
        "Health and Wellbeing Board report", _briefed(meeting_papers.write_board_report),
    ),
    "leadership-team": ("Wider Leadership Team item", _team_paper),
    "recommendations-6-months": (
        "Recommendations after 6 months", _dated(partial(monitoring.write_monitoring, months=6)),
    ),
    "recommendations-12-months": (
        "Recommendations after 12 months", _dated(partial(monitoring.write_monitoring, months=12)),
    ),
    "action-progress-impact": ("Action, progress, impact", _dated(monitoring.write_progress)),
    "action-log": ("Action log", _dated(monitoring.write_action_log)),
    "performance": ("Performance table", _briefed(meeting_papers.write_performance)),
    "measure-cards": ("Measure cards", _briefed(meeting_papers.write_measure_cards)),
    "storyboard": ("Storyboard", _dated(storyboards.write_storyboard)),
    "evidence-of-impact": ("Evidence of Impact", _briefed(meeting_papers.write_impact_box)),
    "learning-from-audits": ("Learning from Audits", _briefed(meeting_papers.write_audit_box)),
    "digest": ("Digest of 150 words", _briefed(meeting_papers.write_digest)),
    "young-people": ("Young people’s version", _briefed(meeting_papers.write_young_version)),
}  # fmt: skip


def write_paper(meeting: Meeting, name: str) -> Handout:
    """Return one of the papers.

    Raises:
        KeyError: if there is no paper of this name.
    """
    _, write = PAPERS[name]
    return write(meeting)


def leadership_pack(meeting: Meeting) -> Iterator[tuple[str, bytes]]:
    """Give every file of the pack by its name: the papers, the results, a codebook and syntax."""
    for name in PAPERS:
        written = write_paper(meeting, name)
        for kind in KINDS:
            yield f"{name}.{kind}", handout_file(written, kind)
    session, consultation = meeting.session, meeting.consultation
    files = packs.results_pack(session, consultation, council=meeting.council, now=meeting.now)
    yield from files.items()
    survey = current_survey(consultation)
    yield "began-and-stopped.csv", stopping.stopping_file(session, consultation, now=meeting.now)
    yield "codebook.csv", codebook_file(survey)
    yield "counts.sps", spss_syntax(survey)
