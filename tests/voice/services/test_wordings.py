"""Editing a survey while it is open (K4, REL-9): who has begun finishes on what they began with."""

from itertools import count

import pytest
from sqlalchemy import select

from surveys.differences import Standing
from surveys.drafting.sketch import add, move, remove, rewrite, sketch_of
from surveys.engine import Survey
from surveys.writing import as_definition
from tests.conftest import COUNCIL, NOON, SECRET
from tests.factories import make_consultation, make_response
from tests.stores import new_sqlite
from tests.voice.services.chatting import Chatter
from tests.voice.themed import make_officer
from tests.voice.web.visitor import Visitor
from voice.app import create_app
from voice.config import Settings
from voice.errors import ChangedMeanwhileError, ConsultationNotReadyError
from voice.models import AuditEntry, Response
from voice.services import drafts, wordings
from voice.services.consultations import current_survey, find_by_slug
from voice.services.drafts import DraftEdit

ABOUT = {
    "what": "We ask what you think.", "why": "It helps us.", "who_for": "Everybody.",
    "minutes": 5, "what_happens": "We read what you say.", "who_reads": "A small team.",
}  # fmt: skip
QUESTIONS = [
    {"code": "well", "kind": "choice", "text": "Are you well?", "required": True,
     "options": [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]},
    {"code": "why", "kind": "free_text", "text": "Why is that?"},
    {"code": "more", "kind": "free_text", "text": "What else?"},
]  # fmt: skip
GIVEN = {"well": "yes", "why": "Because", "more": "More buses"}
SURVEY = Survey.model_validate(
    {"code": "our_say", "title": "Our say", "about": ABOUT, "questions": QUESTIONS}
)
SLUGS = (f"our-say-{number}" for number in count(1))


def begin_rewording(session, slug):
    """Reword every question, drop the last, and put a new one first."""
    consultation, officer = find_by_slug(session, slug), make_officer(session)
    sketch = sketch_of(as_definition(current_survey(consultation)))
    for question in sketch.questions:
        new = dict(question.written) | {"text": f"New: {question.written['text']}"}
        sketch = rewrite(sketch, question.key, new)
    sketch = add(remove(sketch, "q3"), {"code": "late", "kind": "free_text", "text": "New: and?"})
    sketch = move(sketch, "q4", 0)
    draft = drafts.start_next_wording(session, consultation, sketch, officer, now=NOON)
    return draft, consultation, officer


def publish(session, slug, *, council=COUNCIL):
    draft, consultation, officer = begin_rewording(session, slug)
    return wordings.publish_wording(
        session, draft, consultation, officer=officer, council=council, now=NOON
    )


def responses_to(store, slug):
    """Return (number of the wording, whether sent in, answers) of each response."""
    with store.reading() as session:
        found = session.scalars(select(Response).join(Response.consultation)
                                .where(Response.consultation.has(slug=slug)))  # fmt: skip
        return [
            (
                each.version.number,
                each.submitted_at is not None,
                {code: tuple(row.values) for code, row in each.answers.items()},
            )
            for each in found
        ]


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The application and its store; each test asks a survey of its own."""
    folder = tmp_path_factory.mktemp("live")
    store = new_sqlite(folder)
    settings = Settings(folder, "", SECRET, COUNCIL)
    yield create_app(settings, store, now=lambda: NOON), store, settings
    store.close()


@pytest.fixture
def store(served):
    return served[1]


@pytest.fixture
def slug(store):
    made = next(SLUGS)
    with store.writing() as session:
        make_consultation(session, survey=SURVEY, slug=made)
    return made


class TestEditingAtEachPage:
    """REL-9 TEST: edit at each page."""

    @pytest.mark.parametrize("edited_at", [*GIVEN, "check"])
    def test_on_the_web_people_finish_on_the_wording_they_began_with(
        self, served, store, slug, edited_at
    ):
        visitor = Visitor(served[0])
        page = visitor.begin(slug)
        for code, given in GIVEN.items():
            if code == edited_at:
                _edit(store, slug)
                page = visitor.ask(slug, code)
            assert SURVEY.question(code).text in page.body
            page = visitor.press(page, (code, given))
        if edited_at == "check":
            _edit(store, slug)
        sent = visitor.press(page)

        assert sent.address.endswith("/sent")
        assert "New:" not in page.body
        answers = {code: (value,) for code, value in GIVEN.items()}
        assert responses_to(store, slug) == [(1, True, answers)]

    @pytest.mark.parametrize("edited_at", GIVEN)
    def test_in_the_chat_people_finish_on_the_wording_they_began_with(
        self, served, store, slug, edited_at
    ):
        chatter = Chatter(store, served[2], address=f"chat {slug}", slug=slug)
        chatter.now = NOON
        chatter.start(slug)
        said = chatter.type("yes")
        for code, given in GIVEN.items():
            if code == edited_at:
                _edit(store, slug)
            assert SURVEY.question(code).text in said
            said = chatter.type(given)

        assert "New:" not in said
        answers = {code: (value,) for code, value in GIVEN.items()}
        assert responses_to(store, slug) == [(1, True, answers)]

    def test_whoever_begins_after_it_is_asked_the_new_one(self, served, store, slug):
        _edit(store, slug)

        page = Visitor(served[0]).begin(slug)

        assert "New: and?" in page.body
        assert [number for number, _, _ in responses_to(store, slug)] == [2]


def _edit(store, slug):
    with store.writing() as session:
        assert publish(session, slug).number == 2


class TestPublishingAWording:
    def test_says_what_changed(self, store, slug):
        with store.writing() as session:
            draft, consultation, _ = begin_rewording(session, slug)

            found = wordings.what_changes(draft, consultation)

        assert [(each.code, each.standing) for each in found] == [
            ("late", Standing.ADDED),
            ("well", Standing.CHANGED),
            ("why", Standing.CHANGED),
            ("more", Standing.REMOVED),
        ]

    def test_is_written_down_and_counts_who_began_with_which(self, store, slug):
        with store.writing() as session:
            consultation = find_by_slug(session, slug)
            make_response(session, consultation, well="yes")
            publish(session, slug)
            session.expire_all()
            listed = wordings.list_wordings(session, find_by_slug(session, slug))
            actions = session.scalars(select(AuditEntry.action).where(
                AuditEntry.subject == f"{consultation.id} 2")).all()  # fmt: skip

        assert [(each.number, each.begun) for each in listed] == [(2, 0), (1, 1)]
        assert actions == ["survey reworded"]

    def test_is_refused_when_another_was_published_meanwhile(self, store, slug):
        with store.writing() as session:
            draft, consultation, officer = begin_rewording(session, slug)
            draft.put_away_at = NOON
            publish(session, slug)

            with pytest.raises(ChangedMeanwhileError):
                wordings.publish_wording(
                    session, draft, consultation, officer=officer, council=COUNCIL, now=NOON
                )

    def test_waits_until_what_must_be_mended_is(self, store, slug):
        with store.writing() as session:
            draft, consultation, officer = begin_rewording(session, slug)
            edit = DraftEdit(officer, draft.edition, NOON)
            left = {"code": "why", "kind": "free_text", "text": "TODO ask why"}
            drafts.change_draft(session, draft.id, lambda s: rewrite(s, "q2", left), edit=edit)

            with pytest.raises(ConsultationNotReadyError, match="mend"):
                wordings.publish_wording(
                    session, draft, consultation, officer=officer, council=COUNCIL, now=NOON
                )

    def test_waits_until_somebody_has_read_what_is_to_think_about(self, store, slug):
        with store.writing() as session:
            draft, consultation, officer = begin_rewording(session, slug)
            edit = DraftEdit(officer, draft.edition, NOON)
            paper = {"code": "why", "kind": "free_text", "text": "See page two. Why?"}
            drafts.change_draft(session, draft.id, lambda s: rewrite(s, "q2", paper), edit=edit)
            publishing = {"officer": officer, "council": COUNCIL, "now": NOON}
            with pytest.raises(ConsultationNotReadyError, match="read"):
                wordings.publish_wording(session, draft, consultation, **publishing)

            marks = [note.mark for note in drafts.check_draft(draft).unread]
            drafts.note_read(session, draft, marks, officer, now=NOON)
            version = wordings.publish_wording(session, draft, consultation, **publishing)
            entries = session.scalars(select(AuditEntry).filter_by(officer_id=officer.id)).all()

        noted = [each.subject for each in entries if each.action == "warning read"]
        assert version.number == 2
        assert noted == [f"{draft.id} {mark}" for mark in marks]
