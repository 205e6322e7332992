"""Assigning: answers go to the themes that people named, and what people say is learnt from."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.factories import make_consultation, make_response
from tests.voice.themed import QUESTION, make_officer
from voice.analysis.coding.seeing import Sight
from voice.models import (
    AnswerReading,
    AuditSample,
    CodePurpose,
    Mention,
    Officer,
    Theme,
    ThemeStatus,
)
from voice.services import (
    analyses,
    assigning,
    chosen,
    codes,
    jobs,
    theme_log,
    theme_undo,
    theme_views,
    themes,
)
from voice.services.codes import Place
from voice.services.theme_keeping import Edit

SUBJECT = f"early-help/{QUESTION}"
LATER = NOON + timedelta(minutes=5)
BUSES = tuple(
    f"The {what} bus to {where} is {how}"
    for what in ("school", "evening")
    for where in ("town", "college", "the club")
    for how in ("always late", "too full")
)
PARKS = tuple(
    f"The {what} in the park {how}"
    for what in ("swings", "football pitch", "pond")
    for how in ("are muddy", "need lights", "need a bench", "close too early")
)


@pytest.fixture
def sight():
    return Sight()


@pytest.fixture
def work(database, sight):
    """Do the jobs that wait, and return how often texts were read through."""
    works = {
        jobs.ANALYSE: analyses.analyse_question,
        jobs.ASSIGN: assigning.assigning(sight, with_new=False),
        jobs.JOIN: assigning.assigning(sight, with_new=True),
    }

    def work(at=LATER):
        while jobs.work_once(database, works, now=lambda: at):
            pass
        with database.reading() as session:
            for kind in works:
                job = jobs.find_latest(session, kind, SUBJECT)
                assert job is None or job.problem == ""
        return sight.passes

    return work


@pytest.fixture
def named(database):
    """A list of two themes that an officer named, with answers that raise them."""
    with database.writing() as session:
        ours, by = make_consultation(session), make_officer(session)
        for label, key, words in (("Buses", "t1", BUSES), ("Parks", "t2", PARKS)):
            theme = Theme(
                consultation_id=ours.id,
                question=QUESTION,
                key=key,
                label=label,
                found_label=label.lower(),
                description="",
                words=[label.lower()],
                place=int(key[1]),
            )
            for text in words:
                said = make_response(session, ours, **{QUESTION: text})
                said.answers[QUESTION].tone = "neutral"
                theme.mentions.append(Mention(response_id=said.id, strength=0.9))
            session.add(theme)
        return by.id


class TestNewAnswers:
    def test_join_the_themes_that_people_named(self, database, named, work):
        _answer(database, "My bus to school came late", "Please put a bench in the park")

        _ask(database, jobs.JOIN)
        work()

        assert _raised(database)["My bus to school came late"] == {"Buses"}
        assert _raised(database)["Please put a bench in the park"] == {"Parks"}

    def test_leave_those_before_where_they_were(self, database, named, work):
        before = _raised(database)
        _answer(database, "My bus to school came late", "Everything in the park is muddy")

        _ask(database, jobs.JOIN)
        work()

        after = _raised(database)
        assert {text: after[text] for text in before} == before

    def test_leave_names_keys_merges_hidden_themes_and_sign_offs(self, database, named, work):
        with database.writing() as session:
            buses, parks = session.scalars(select(Theme).order_by(Theme.place))
            buses.status, parks.status = ThemeStatus.SIGNED_OFF, ThemeStatus.HIDDEN
        before = _themes(database)
        _answer(database, "My bus to school came late")

        _ask(database, jobs.JOIN)
        work()

        assert _themes(database) == before

    def test_that_fit_nothing_are_unassigned(self, database, named, work):
        _answer(database, "Quarterly dividends astonish shareholders")

        _ask(database, jobs.JOIN)
        work()

        assert _raised(database)["Quarterly dividends astonish shareholders"] == set()

    def test_that_say_nothing_are_no_people(self, database, named, work):
        _answer(database, "n/a")

        _ask(database, jobs.JOIN)
        work()

        with database.reading() as session:
            found = theme_views.read_themes(session, _consultation(session), QUESTION)
        assert (found.base, found.without_content, found.new_answers) == (24, 1, 0)

    def test_that_fit_nothing_and_are_alike_are_proposed_as_a_new_theme(
        self, database, named, work
    ):
        _answer(database, *(f"The library shuts {one}, open the library later" for one in _DAYS))

        _ask(database, jobs.JOIN)
        work()
        proposed = _themes(database)[2:]

        assert proposed[0][0] == "new1"
        assert "library" in proposed[0][1].lower()
        assert {status for _, _, status in proposed} == {ThemeStatus.FOUND}

    def test_that_are_read_again_heap_up_no_proposals(self, database, named, work):
        _answer(database, *(f"The library shuts {one}, open the library later" for one in _DAYS))
        _ask(database, jobs.JOIN)
        work()
        before = _themes(database)

        _ask(database, jobs.JOIN)
        work()

        assert _themes(database) == before

    def test_leave_a_proposal_that_somebody_took_up(self, database, named, work):
        _answer(database, *(f"The library shuts {one}, open the library later" for one in _DAYS))
        _ask(database, jobs.JOIN)
        work()
        with database.writing() as session:
            session.scalars(select(Theme).where(Theme.key == "new1")).one().label = "Libraries"
        before = {text for text, raised in _raised(database).items() if "Libraries" in raised}

        _ask(database, jobs.JOIN)
        work()

        after = {text for text, raised in _raised(database).items() if "Libraries" in raised}
        assert after >= before > set()

    def test_leave_a_proposal_whose_check_can_still_be_undone(self, database, named, work):
        _answer(database, *(f"The library shuts {one}, open the library later" for one in _DAYS))
        _ask(database, jobs.JOIN)
        work()
        with database.writing() as session:
            theme = session.scalars(select(Theme).where(Theme.key == "new1")).one()
            officer = make_officer(session)
            for press in (themes.check, themes.show_again):
                press(session, theme.id, edit=Edit(officer, theme.edition, NOON))

        _ask(database, jobs.JOIN)
        work()

        with database.writing() as session:
            consultation, by = _consultation(session), session.get(Officer, officer.id)
            newest = theme_log.find_newest(session, consultation, QUESTION).id
            theme_undo.undo(session, consultation, QUESTION, by, seen=newest, now=NOON)
        stands = {key: status for key, _, status in _themes(database)}
        assert stands["new1"] is ThemeStatus.CHECKED

    def test_read_again_change_nothing(self, database, named, work):
        _answer(database, "My bus to school came late", "Please put a bench in the park")
        _ask(database, jobs.JOIN)
        work()
        before = _mentions(database)

        _ask(database, jobs.JOIN)
        work()

        assert _mentions(database) == before


class TestACorrection:
    def test_stands_whatever_the_machine_says(self, database, named, work):
        _code(database, named, BUSES[0], "Parks")

        work()

        assert _raised(database)[BUSES[0]] == {"Parks"}

    def test_teaches_what_answers_like_it_are_about(self, database, named, work):
        late = [text for text in BUSES if "late" in text]
        for text in late[:4]:
            _code(database, named, text, "Parks")
        for text in (*PARKS[:4], *[text for text in BUSES if "full" in text][:4]):
            _code(database, named, text, "Parks" if text in PARKS else "Buses")

        work()

        raised = _raised(database)
        assert all("Parks" in raised[text] for text in late[4:])
        assert all(raised[text] == {"Buses"} for text in BUSES if "full" in text)

    def test_reads_no_text_again(self, database, named, work):
        _code(database, named, BUSES[0], "Parks")
        assert work() == 1
        _code(database, named, BUSES[1], "Parks")

        assert work() == 1

    def test_gives_the_same_whether_texts_are_remembered_or_not(self, database, named, work):
        for text in (BUSES[0], BUSES[3], PARKS[2]):
            _code(database, named, text, "Parks")
            work()
        remembered = _mentions(database)
        with database.writing() as session:
            _analysis(session).learnt_from = "to be learnt again"
        _ask(database, jobs.ASSIGN)
        fresh = {jobs.ASSIGN: assigning.assigning(Sight(), with_new=False)}
        jobs.work_once(database, fresh, now=lambda: LATER)

        assert _mentions(database) == remembered

    def test_taken_back_lets_what_was_found_stand_again(self, database, named, work):
        before = _raised(database)
        code = _code(database, named, BUSES[0], "Parks")
        work()
        with database.writing() as session:
            codes.take_back(session, session.get(Officer, named), code, now=LATER)
        work()

        assert _raised(database) == before

    def test_of_an_answer_in_an_audit_is_not_learnt_from(self, database, named, work, monkeypatch):
        with database.writing() as session:
            consultation = _consultation(session)
            response = _responses(session)[BUSES[0]]
            chosen.put(
                session, consultation, QUESTION, [response], sample=_sample(session), now=NOON
            )
        _code(database, named, BUSES[0], "Parks")

        with database.reading() as session:
            books = assigning.learnt.read_books(session, _consultation(session), QUESTION)
        assert assigning.prepare(books, with_new=False).known.codes == {}
        work()
        assert _raised(database)[BUSES[0]] == {"Parks"}

    def test_given_while_the_machine_learns_is_learnt_afterwards(self, database, named, sight):
        _code(database, named, BUSES[0], "Parks")
        learning = assigning.assigning(sight, with_new=False)

        def learn_while_somebody_works(database, subject, now):
            keep = learning(database, subject, now)
            _code(database, named, BUSES[1], "Parks")
            return keep

        jobs.work_once(database, {jobs.ASSIGN: learn_while_somebody_works}, now=lambda: LATER)

        assert _raised(database)[BUSES[1]] == {"Parks"}
        with database.reading() as session:
            assert jobs.find_latest(session, jobs.ASSIGN, SUBJECT).finished_at is None


class TestWhatPeopleChangedByHand:
    def test_is_learnt_from_like_a_finding(self, database, named, work):
        _ask(database, jobs.JOIN)
        work()
        with database.writing() as session:
            response = _responses(session)[BUSES[0]]
            parks = session.scalars(select(Theme).where(Theme.label == "Parks")).one()
            session.execute(
                Mention.__table__.update()
                .where(Mention.response_id == response)
                .values(theme_id=parks.id)
            )
        for _ in range(2):
            _ask(database, jobs.JOIN)
            work()

        with database.reading() as session:
            reading = session.get(AnswerReading, (response, QUESTION))
        assert _raised(database)[BUSES[0]] == {"Parks"}
        assert reading.found == reading.last == [str(parks.id)]

    def test_adding_a_theme_lets_answers_join_it_and_leaves_the_others(self, database, named, work):
        before = _raised(database)
        with database.writing() as session:
            consultation = _consultation(session)
            session.add(
                Theme(
                    consultation_id=consultation.id,
                    question=QUESTION,
                    key="own",
                    label="Benches",
                    found_label="",
                    description="A bench to sit on",
                    words=["bench", "benches"],
                    place=9,
                )
            )
        _ask(database, jobs.ASSIGN)
        work()

        after = _raised(database)
        assert all("Benches" in after[text] for text in PARKS if "bench" in text)
        assert {text: themes - {"Benches"} for text, themes in after.items()} == before


_DAYS = ("on Monday", "on Friday", "at noon", "in August", "at five", "so early", "on Sunday",
         "all winter", "too soon", "at Easter", "on Tuesday", "at weekends")  # fmt: skip


def _answer(database, *texts):
    with database.writing() as session:
        for text in texts:
            make_response(session, _consultation(session), **{QUESTION: text})


def _ask(database, kind):
    with database.writing() as session:
        jobs.enqueue(session, kind, SUBJECT, now=NOON)


def _code(database, officer, text, label):
    with database.writing() as session:
        theme = session.scalars(select(Theme).where(Theme.label == label)).one()
        place = Place(_consultation(session), QUESTION, _responses(session)[text])
        by = session.get(Officer, officer)
        return codes.give(session, by, place, [theme.id], purpose=CodePurpose.CHECK, now=NOON).id


def _sample(session):
    by = session.scalars(select(Officer)).first()
    sample = AuditSample(
        consultation_id=_consultation(session).id,
        question=QUESTION,
        seed=1,
        drawn_at=NOON,
        drawn_by=by.id,
        theme_ids=[],
        figures={},
    )
    session.add(sample)
    session.flush()
    return sample


def _analysis(session):
    return theme_views.find_analysis(session, _consultation(session), QUESTION)


def _consultation(session):
    return analyses.named_by(session, SUBJECT)[0]


def _responses(session):
    rows = theme_views.theme_answers.answer_rows(session, _consultation(session), QUESTION)
    return {row.values[0]: one for one, row in rows.items()}


def _raised(database):
    with database.reading() as session:
        labels = {theme.id: theme.label for theme in session.scalars(select(Theme))}
        raised = {text: set() for text in _responses(session)}
        by_id = {one: text for text, one in _responses(session).items()}
        for mention in session.scalars(select(Mention)):
            raised[by_id[mention.response_id]].add(labels[mention.theme_id])
    return raised


def _mentions(database):
    with database.reading() as session:
        return sorted(
            (str(one.theme_id), str(one.response_id), one.strength)
            for one in session.scalars(select(Mention))
        )


def _themes(database):
    with database.reading() as session:
        rows = themes.themes_of(session, _consultation(session), QUESTION)
        return [(one.key, one.label, one.status) for one in rows]
