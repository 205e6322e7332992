"""Tables, one noun a file. Importing this room makes every table known to its base."""

from voice.models.chat import Chat, Inbound, Participant
from voice.models.concern import Concern
from voice.models.consultation import Consultation, SurveyVersion
from voice.models.delivery import Delivery, Job
from voice.models.draft import Draft
from voice.models.kinds import (
    Channel,
    DeliveryKind,
    DeliveryStatus,
    Hearing,
    LinkKind,
    OutcomeKind,
    Role,
    ThemeStatus,
)
from voice.models.link import Lesson, Link
from voice.models.officer import AuditEntry, Officer, SignIn, SignInFailure
from voice.models.outcome import Outcome
from voice.models.response import AnswerRow, Press, Response
from voice.models.theme import Analysis, Mention, Theme
from voice.models.worker_note import WorkerNote

__all__ = [
    "Analysis",
    "AnswerRow",
    "AuditEntry",
    "Channel",
    "Chat",
    "Concern",
    "Consultation",
    "Delivery",
    "DeliveryKind",
    "DeliveryStatus",
    "Draft",
    "Hearing",
    "Inbound",
    "Job",
    "Lesson",
    "Link",
    "LinkKind",
    "Mention",
    "Officer",
    "Outcome",
    "OutcomeKind",
    "Participant",
    "Press",
    "Response",
    "Role",
    "SignIn",
    "SignInFailure",
    "SurveyVersion",
    "Theme",
    "ThemeStatus",
    "WorkerNote",
]
