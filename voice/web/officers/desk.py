"""What an officer can do with one consultation: one line a page, in the order of the work."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import url_for

from surveys.engine import Survey
from voice.models import Consultation, Officer, Role
from voice.services.consultations import current_survey
from voice.web.access import EDITOR_ROLES, PUBLISHER_ROLES, TEAM_ROLES

HEADINGS = ("Ask", "Listen", "Understand", "Answer back")
ASK, LISTEN, UNDERSTAND, ANSWER_BACK = HEADINGS


def _always(_survey: Survey) -> bool:
    return True


def _has_codes(survey: Survey) -> bool:
    return survey.joins is not None


def _has_two_sides(survey: Survey) -> bool:
    return bool(survey.sides) or survey.stands_behind is not None


@dataclass(frozen=True, slots=True)
class Way:
    """A page about one consultation, by its endpoint, and who may open it."""

    heading: str
    endpoint: str
    label: str
    note: str
    roles: tuple[Role, ...] = TEAM_ROLES
    once_open: bool = False  # shown only once the consultation has opened
    is_for: Callable[[Survey], bool] = _always


WAYS = (
    Way(ASK, "officers.where_it_stands", "Where it stands", "what is done and what comes next"),
    Way(
        ASK,
        "officers.list_wordings",
        "The survey and its wordings",
        "change it while it is open, copy it, see what changed",
        EDITOR_ROLES,
    ),
    Way(
        ASK,
        "officers.list_links",
        "Links and QR codes",
        "for posters, newsletters, ambassadors, library screens and schools",
    ),
    Way(
        ASK,
        "officers.list_invitees",
        "Invited by name",
        "who has replied, and reminders for those who have not",
        EDITOR_ROLES,
    ),
    Way(
        ASK,
        "officers.chat_messages",
        "Messages in the chat",
        "write to those who said that we may: on a date, before a review, within 72 hours, later",
        EDITOR_ROLES,
    ),
    Way(
        ASK,
        "officers.list_follow_ups",
        "Three months later",
        "after a course: ask some who came and their line managers again",
        EDITOR_ROLES,
    ),
    Way(
        ASK,
        "officers.list_conferences",
        "Before conferences",
        "whose view is missing in the five weeks before, and the days left",
        EDITOR_ROLES,
    ),
    Way(
        ASK,
        "officers.inform",
        "Tell people more",
        "new information, or “You said, we’re listening”",
        PUBLISHER_ROLES,
    ),
    Way(
        ASK,
        "officers.closing_date",
        "Change the closing date",
        "everybody can read when and why",
        EDITOR_ROLES,
        once_open=True,
    ),
    Way(
        ASK,
        "officers.classes",
        "Classes",
        "a teacher’s address for each school, and results by year group",
        EDITOR_ROLES,
    ),
    Way(
        ASK,
        "officers.snippets",
        "On the council’s pages",
        "a card to embed, and “Was this page useful?”",
    ),
    Way(
        ASK,
        "officers.show_readers",
        "Who may open it",
        "close it to everybody but the officers named, as for exit interviews",
        EDITOR_ROLES,
    ),
    Way(
        LISTEN,
        "officers.follow_up",
        "Follow-up",
        "how many said that they are worried, and whether they know where to go",
    ),
    Way(
        LISTEN,
        "officers.enter",
        "Enter a paper or phone answer",
        "as it was written, in the order of the paper",
        EDITOR_ROLES,
        once_open=True,
    ),
    Way(
        LISTEN,
        "officers.second_typing",
        "Papers typed in twice",
        "a second officer types the same paper, and somebody decides where the two differ",
        EDITOR_ROLES,
    ),
    Way(
        LISTEN,
        "officers.raw_responses",
        "Responses",
        "everybody’s own words. That you looked is written down",
        EDITOR_ROLES,
    ),
    Way(
        LISTEN,
        "officers.list_files",
        "Files",
        "pictures, recordings and documents that people sent",
        EDITOR_ROLES,
        once_open=True,
    ),
    Way(
        LISTEN,
        "officers.list_imports",
        "Bring answers in from a file",
        "CSV or XLSX, checked row by row before anything comes in",
        EDITOR_ROLES,
        once_open=True,
    ),
    Way(
        LISTEN,
        "officers.list_gatherings",
        "Groups, visits and letters",
        "what was said outside the survey, heard in the themes and in no figure",
        EDITOR_ROLES,
    ),
    Way(UNDERSTAND, "officers.results", "Results", "the figures of every question"),
    Way(
        UNDERSTAND,
        "officers.show_courses",
        "Courses side by side",
        "how many answered after each course, before, after and how much more",
    ),
    Way(
        UNDERSTAND,
        "officers.change_over_time",
        "Change over time",
        "first and last scores of those who answered more than once. That you looked is written "
        "down",
        EDITOR_ROLES,
        once_open=True,
    ),
    Way(
        UNDERSTAND,
        "officers.list_joined",
        "Answers kept together",
        "what one person said by the same code, form after form. That you looked is written down",
        EDITOR_ROLES,
        once_open=True,
        is_for=_has_codes,
    ),
    Way(
        UNDERSTAND,
        "officers.show_two_sides",
        "Two sides",
        "victims and young people, or children and parents, as sums side by side",
        once_open=True,
        is_for=_has_two_sides,
    ),
    Way(
        UNDERSTAND,
        "officers.word_cloud",
        "Word cloud",
        "the words that many people say, for the screen of a room, with their table",
    ),
    Way(
        UNDERSTAND,
        "officers.show_strengths",
        "Strengths and areas",
        "the themes in two columns, for a self-assessment or an audit",
    ),
    Way(
        UNDERSTAND,
        "officers.cross_table",
        "One question by another",
        "who gave which answer, with nobody to be recognised",
    ),
    Way(
        UNDERSTAND,
        "officers.coding",
        "Coding",
        "cases and their labels: the commonest, the main one, which come together, by group",
    ),
    Way(
        ANSWER_BACK,
        "officers.weigh_themes",
        "Consider each theme",
        "how it was weighed, before anything is decided",
        EDITOR_ROLES,
    ),
    Way(
        ANSWER_BACK,
        "officers.show_publishing",
        "Publish the results",
        "read what the public would see, safe numbers only, and publish it",
        PUBLISHER_ROLES,
        once_open=True,
    ),
    Way(
        ANSWER_BACK,
        "officers.show_promise",
        "Promise a day",
        "by when every theme is answered, in public, and who hears of it if not",
        PUBLISHER_ROLES,
    ),
    Way(
        ANSWER_BACK,
        "officers.recommend",
        "Recommendations",
        "what a committee asks for, what it rests on, and findings without an action",
    ),
    Way(
        ANSWER_BACK,
        "officers.list_pledges",
        "Pledges",
        "what people promised, when to ask after it, and what was delivered",
    ),
    Way(
        ANSWER_BACK,
        "officers.show_evidence",
        "Evidence",
        "how this was run and decided, as one file for whoever asks",
        EDITOR_ROLES,
    ),
    Way(
        ANSWER_BACK,
        "officers.list_papers",
        "Papers for meetings",
        "committee and board reports, tables, boxes, a digest and a young people’s version",
    ),
    Way(ANSWER_BACK, "officers.briefing", "Briefing", "for leaders, to read or to download"),
)

Line = tuple[str, str, str]


def ways_on(
    consultation: Consultation, officer: Officer, *, is_begun: bool
) -> Iterator[tuple[str, list[Line]]]:
    """Give each heading with its pages that `officer` may open: (address, label, note)."""
    survey = current_survey(consultation)
    open_to_them = [
        way
        for way in WAYS
        if officer.role in way.roles and (is_begun or not way.once_open) and way.is_for(survey)
    ]
    for heading in HEADINGS:
        lines = [
            (url_for(way.endpoint, slug=consultation.slug), way.label, way.note)
            for way in open_to_them
            if way.heading == heading
        ]
        yield heading, lines
