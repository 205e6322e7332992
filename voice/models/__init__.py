"""Tables, one noun a file. Importing this room makes every table known to its base."""

from voice.models.answer_note import AnswerNote
from voice.models.answer_reading import AnswerReading
from voice.models.answer_vector import AnswerVector
from voice.models.audit_entry import AuditEntry, AuditHead
from voice.models.audit_sample import AuditSample, ChosenAnswer
from voice.models.chat import Chat, ChatReminder, Inbound, Participant
from voice.models.chat_timer import ChatInvitation, ChatSchedule, ChatTimer, ChatWish
from voice.models.closing_change import ClosingChange
from voice.models.code import Code
from voice.models.concern import Concern, ConcernEntry
from voice.models.conference import ChildView, Conference
from voice.models.consultation import Consultation, SurveyVersion
from voice.models.decision import Consideration, Decision, Reading
from voice.models.delivery import Delivery, Job
from voice.models.draft import Draft
from voice.models.enquiry import Committee, Enquiry
from voice.models.equality import EqualityCount
from voice.models.follow_up import Delegate, FollowUp
from voice.models.gathering import Gathering, GatheringMention, GatheringPoint
from voice.models.hub import HubEntry, HubNearest, HubSearch
from voice.models.imported import Import
from voice.models.information import InformationVersion, Notice
from voice.models.invitee import Invitee, NamedReply, Reader, Reminder
from voice.models.kinds import (
    Capacity,
    Channel,
    CodePurpose,
    ConsultationKind,
    DeliveryKind,
    DeliveryStatus,
    EnquiryKind,
    EnquiryState,
    EntryCheck,
    HeardBy,
    Hearing,
    ImportStatus,
    LinkKind,
    Meant,
    OutcomeKind,
    PledgeStatus,
    Progress,
    Rating,
    Role,
    SignInStage,
    ThemeAction,
    ThemeStatus,
    TimerKind,
    TimerOutcome,
)
from voice.models.link import Lesson, Link
from voice.models.media import Media
from voice.models.officer import Officer, SignIn, SignInFailure
from voice.models.outcome import AnswerPromise, Outcome, OutcomeTold
from voice.models.pledge import Pledge
from voice.models.recommendation import (
    Recommendation,
    RecommendationEvidence,
    RecommendationRating,
    RecommendationUpdate,
)
from voice.models.response import AnswerRow, Press, Response
from voice.models.sealing_key import SealingKey
from voice.models.second_entry import SecondEntry
from voice.models.second_step import RecoveryCode, SecondStep
from voice.models.sent_today import SentToday
from voice.models.set_aside_quote import SetAsideQuote
from voice.models.snapshot import Snapshot
from voice.models.suppression import Suppression
from voice.models.target import Target
from voice.models.theme import Analysis, Mention, Theme
from voice.models.theme_change import MovedMention, SignedList, ThemeChange
from voice.models.word_cloud import WordCloud
from voice.models.worker_account import WorkerAccount
from voice.models.worker_note import WorkerNote

__all__ = [
    "Analysis",
    "AnswerNote",
    "AnswerPromise",
    "AnswerReading",
    "AnswerRow",
    "AnswerVector",
    "AuditEntry",
    "AuditHead",
    "AuditSample",
    "Capacity",
    "Channel",
    "Chat",
    "ChatInvitation",
    "ChatReminder",
    "ChatSchedule",
    "ChatTimer",
    "ChatWish",
    "ChildView",
    "ChosenAnswer",
    "ClosingChange",
    "Code",
    "CodePurpose",
    "Committee",
    "Concern",
    "ConcernEntry",
    "Conference",
    "Consideration",
    "Consultation",
    "ConsultationKind",
    "Decision",
    "Delegate",
    "Delivery",
    "DeliveryKind",
    "DeliveryStatus",
    "Draft",
    "Enquiry",
    "EnquiryKind",
    "EnquiryState",
    "EntryCheck",
    "EqualityCount",
    "FollowUp",
    "Gathering",
    "GatheringMention",
    "GatheringPoint",
    "HeardBy",
    "Hearing",
    "HubEntry",
    "HubNearest",
    "HubSearch",
    "Import",
    "ImportStatus",
    "Inbound",
    "InformationVersion",
    "Invitee",
    "Job",
    "Lesson",
    "Link",
    "LinkKind",
    "Meant",
    "Media",
    "Mention",
    "MovedMention",
    "NamedReply",
    "Notice",
    "Officer",
    "Outcome",
    "OutcomeKind",
    "OutcomeTold",
    "Participant",
    "Pledge",
    "PledgeStatus",
    "Press",
    "Progress",
    "Rating",
    "Reader",
    "Reading",
    "Recommendation",
    "RecommendationEvidence",
    "RecommendationRating",
    "RecommendationUpdate",
    "RecoveryCode",
    "Reminder",
    "Response",
    "Role",
    "SealingKey",
    "SecondEntry",
    "SecondStep",
    "SentToday",
    "SetAsideQuote",
    "SignIn",
    "SignInFailure",
    "SignInStage",
    "SignedList",
    "Snapshot",
    "Suppression",
    "SurveyVersion",
    "Target",
    "Theme",
    "ThemeAction",
    "ThemeChange",
    "ThemeStatus",
    "TimerKind",
    "TimerOutcome",
    "WordCloud",
    "WorkerAccount",
    "WorkerNote",
]
