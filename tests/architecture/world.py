"""A small world with one of everybody in it, to try every door of."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from surveys.definition import read_from_library
from surveys.drafting.sketch import add, blank_sketch
from surveys.joining import Joins
from tests.conftest import COUNCIL, NOON, SECRET
from tests.factories import make_consultation, make_response, make_snapshot
from tests.stores import new_sqlite
from tests.voice.samples import picture
from tests.voice.themed import make_officer, make_theme
from voice.config import Settings
from voice.models import (
    AuditSample,
    Capacity,
    Channel,
    EntryCheck,
    Gathering,
    Lesson,
    Link,
    LinkKind,
    Notice,
    Outcome,
    OutcomeKind,
    OutcomeTold,
    Recommendation,
    Role,
    SecondEntry,
    SignIn,
)
from voice.services import (
    chosen,
    committees,
    conferences,
    imports,
    invitees,
    joining,
    keys,
    lessons,
    media,
    public_questions,
)
from voice.services.clouds import open_cloud
from voice.services.concerns import Heard, screen_words
from voice.services.drafts import start_draft
from voice.services.hub import keep_search
from voice.services.hub_asking import Asked

# Words by which a page that shows them to the wrong person is known.
ANSWER = "canary-of-an-answer more buses please"
DANGER = "canary-of-a-concern my dad hits me every night"

STAFF = {
    "officer": (Role.OFFICER, "families"),
    "officer of another team": (Role.OFFICER, "roads"),
    "analyst": (Role.ANALYST, "families"),
    "author": (Role.AUTHOR, "families"),
    "communications": (Role.COMMUNICATIONS, "families"),
    "safeguarding": (Role.SAFEGUARDING, "families"),
    "admin": (Role.ADMIN, "everything"),
    "committee": (Role.COMMITTEE, "families"),
}
PEOPLE = ("anonymous", "respondent A", "respondent B", *STAFF)


@dataclass
class World:
    """Where the store lies, each person's cookie, and what stands in the addresses."""

    folder: Path
    cookies: dict = field(default_factory=dict)
    named: dict = field(default_factory=dict)

    def restore(self, folder, database):
        """Put the store in `folder` back to how the world was made."""
        database.close()
        for left_over in folder.glob("voice.db-*"):
            left_over.unlink()
        shutil.copy(self.folder / "voice.db", folder / "voice.db")
        shutil.copytree(self.folder / "media", folder / "media", dirs_exist_ok=True)

    def browser_of(self, app, person):
        """Return this person's browser, with the cookie that they hold."""
        client = app.test_client()
        if person in self.cookies:
            name, key, path = self.cookies[person]
            client.set_cookie(name, key, path=path)
        return client


def build_world(folder, *, survey=None):
    """Make the world once; every case works on a copy of its file."""
    world, database = World(folder), new_sqlite(folder)
    with database.writing() as session:
        ours = make_consultation(
            session, survey=survey or _with_codes("early_help_2017"), slug="ours"
        )
        make_snapshot(session, ours)
        for person, submitted in (("respondent A", True), ("respondent B", False)):
            response = make_response(session, ours, capacity="individual", submitted=submitted)
            world.cookies[person] = ("answers", person, "/consultations/ours")
            response.key_hash = keys.hash_key(person)
        _add_words(session, ours, world)
        _add_file(session, ours, world)
        world.named["reference"] = _add_paper_typed_twice(session, ours).reference
        for person, (role, team) in STAFF.items():
            officer = make_officer(session, role=role, team=team)
            world.named.setdefault("officer_id", officer.id)
            world.cookies[person] = ("officer", person, "/")
            if person == "officer":
                sketch = add(blank_sketch("Ours"), {"kind": "free_text", "text": "What?"})
                draft = start_draft(session, sketch, officer, now=NOON)
                search = keep_search(session, officer, Asked("buses"), now=NOON)
                cloud = open_cloud(session, ours, "important", officer, now=NOON)
                world.named |= {"draft_id": draft.id, "key": "q1", "search_id": search.id,
                                "cloud_code": cloud.code, "kind": "svg"}  # fmt: skip
            session.add(SignIn(key_hash=keys.hash_key(person), officer_id=officer.id,
                               began_at=NOON, seen_at=NOON))  # fmt: skip
    database.close()
    return world


def _add_checking(session, ours, response):
    """Let an answer be chosen for checking, and be the whole of an audit."""
    by = make_officer(session)
    sample = AuditSample(consultation_id=ours.id, question="important", seed=1, drawn_at=NOON,
                         drawn_by=by.id, theme_ids=[], figures={})  # fmt: skip
    session.add(sample)
    session.flush()
    for of in (None, sample):
        chosen.put(session, ours, "important", [response.id], sample=of, now=NOON)
    return {"place": 1}


def _with_codes(code):
    """Return a survey of the library whose answers may be kept together by a code."""
    return read_from_library(code).model_copy(update={"joins": Joins.PERSON})


def _recommendation(ours):
    return Recommendation(id=uuid4(), consultation_id=ours.id, number=1, words="More buses",
                          lead_member="Cabinet", lead_officer="Transport", due_on=NOON.date(),
                          measure="Buses", response="Yes", agreed_on=NOON.date(), made_at=NOON,
                          reach="", reminded=0, press_key="a recommendation")  # fmt: skip


def _add_words(session, ours, world):
    """Let respondent A have said something, and something else that raised a concern."""
    spoken = make_response(session, ours, capacity="individual", important=ANSWER)
    code = keys.personal_code_from(SECRET, "a code")
    joining.join(spoken, code, secret=SECRET)
    scared = make_response(session, ours, capacity="individual", important="Buses")
    heard = Heard(ours.id, Channel.WEB, DANGER, "proposal", scared.id)
    concern = screen_words(session, heard, now=NOON)
    theme = make_theme(session, ours, [spoken, scared])
    outcome = Outcome(consultation=ours, theme_id=theme.id, kind=OutcomeKind.DID, you_said="Said",
                      we_did="Done", press_key="one press", published_at=NOON)  # fmt: skip
    notice = Notice(consultation_id=ours.id, you_said="Said", we_are="Reading", published_at=NOON,
                    press_key="a press of a notice")  # fmt: skip
    session.add_all([outcome, notice])
    session.flush()
    asked = _recommendation(ours)
    session.add(asked)
    session.add(OutcomeTold(key_hash=keys.hash_key("told"), outcome_id=outcome.id))
    heard = Gathering(consultation=ours, kind=Capacity.EVENT, held_on=NOON.date(), place="",
                      locality="", service="", who="", headcount=9, recorder="", notes=ANSWER,
                      press_key="one gathering", recorded_at=NOON)  # fmt: skip
    session.add(heard)
    session.flush()
    world.named |= {"slug": "ours", "code": "important", "concern_id": concern.id,
                   "choice": "capacity", "person": spoken.reference,
                   "theme_id": theme.id, "outcome_id": outcome.id, "notice_id": notice.id,
                   "told_key": "told", "paper": "digest", "file_kind": "html",
                   "recommendation_id": asked.id,
                   **_add_link(session, ours), **_add_invitee(session, ours),
                   **_add_checking(session, ours, spoken),
                   **_add_question(session, world), **_add_conference(session, ours),
                   "gathering_id": heard.id, "import_id": _add_import(session, ours).id,
                   "filename": "voice.css"}  # fmt: skip


def _add_file(session, ours, world):
    """Let somebody have sent a picture on paper."""
    response = make_response(session, ours, channel=Channel.PAPER, capacity="individual")
    sent = media.put_away(world.folder / "media", picture())
    world.named["media_id"] = media.add(session, sent, now=NOON, response=response).id


def _add_paper_typed_twice(session, consultation):
    """Let a paper have been typed in by two officers who read it differently."""
    response = make_response(session, consultation, channel=Channel.PAPER, capacity="individual")
    response.entry_check, response.counts = EntryCheck.WAITING, False
    session.add(SecondEntry(response_id=response.id, officer_id=make_officer(session).id,
                            capacity=Capacity.INDIVIDUAL, answers={}, typed_at=NOON))  # fmt: skip
    return response


def _add_import(session, consultation):
    """Hand in a file of answers, not yet brought in."""
    handed_in = imports.HandedIn("a.csv", b"important\nBuses\n")
    return imports.upload(session, consultation, None, handed_in, now=NOON)


def _add_link(session, consultation):
    """Give a school a link, and let a class gather by it."""
    link = Link(consultation=consultation, code="CDFGHJ", label="A school", kind=LinkKind.CLASS,
                made_at=NOON)  # fmt: skip
    asking = Link(consultation=consultation, code="TVWXY3", label="Pages", kind=LinkKind.PAGE,
                  made_at=NOON)  # fmt: skip
    over = Lesson(link=link, code="KMNPQR", year_groups=["Year 8", "Year 9"], began_at=NOON)
    session.add_all([link, over, asking])
    session.flush()
    return {"link_code": link.code, "lesson_code": over.code,
            "feedback_code": asking.code,
            "teacher_key": lessons.teacher_key(SECRET, link)}  # fmt: skip


def _add_invitee(session, consultation):
    """Let somebody have been asked by name."""
    officer = make_officer(session)
    invitees.add_people(
        session, consultation, officer, [invitees.Person("A. Member")], secret=SECRET, now=NOON
    )
    (invitee,) = invitees.list_invitees(session, consultation)
    return {"invited_code": invitees.code_of(invitee, secret=SECRET)}


def _add_question(session, world):
    """Let somebody have asked a committee something."""
    committee = committees.add(session, make_officer(session), "A committee", now=NOON)
    settings = Settings(world.folder, "", SECRET, COUNCIL)
    asked = public_questions.Asked("When is the next meeting?")
    code = public_questions.ask(
        session, settings, committee, asked, press_key="one question", now=NOON
    )
    return {"asked_code": code, "enquiry_id": public_questions.get_by_code(session, code).id}


def _add_conference(session, consultation):
    """Let a conference about a child be planned."""
    planned = conferences.Planned("CP1", NOON.date())
    conferences.add_conferences(
        session, consultation, make_officer(session), [planned], secret=SECRET, now=NOON
    )
    (line,) = conferences.list_conferences(session, consultation, secret=SECRET, now=NOON)
    code = conferences.code_of(line.id, secret=SECRET)
    return {"view_code": code, "conference_id": line.id}
