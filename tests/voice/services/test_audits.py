"""Audits: drawn by chance, coded blind, measured, and said beside every figure."""

import csv
from io import StringIO

import pytest
from sqlalchemy import select

from tests.conftest import NOON
from tests.voice.themed import (
    QUESTION,
    consultation,
    make_officer,
    make_people,
    make_theme,
    officer,
)
from voice.errors import NotAllowedError
from voice.models import AuditSample, ChosenAnswer, CodePurpose, Job, Role, ThemeStatus
from voice.services import (
    audits,
    briefings,
    chosen,
    codes,
    jobs,
    packs,
    responses,
    snapshots,
    theme_log,
    theme_undo,
    themes,
)
from voice.services.audits import AuditRefusedError
from voice.services.codes import Place
from voice.services.theme_keeping import Edit

__all__ = ["consultation", "officer"]


@pytest.fixture
def people(session, consultation):
    return make_people(session, consultation, 40)


@pytest.fixture
def buses(session, consultation, people):
    return make_theme(session, consultation, people[:20], label="Buses")


@pytest.fixture
def parks(session, consultation, people):
    return make_theme(session, consultation, people[20:30], label="Parks")


@pytest.fixture
def draw(session, consultation, officer, buses, parks):
    def draw(size=30, by=officer):
        return audits.draw(session, by, consultation, QUESTION, size=size, now=NOON)

    return draw


@pytest.fixture
def code(session, consultation, officer, people, buses, parks):
    """Let an officer code a sample as the machine did, but for so many."""

    def code(sample, *, wrong=0, by=officer, most=100):
        drawn = chosen.places(session, consultation, QUESTION, sample=sample)
        number = {one.id: at for at, one in enumerate(people)}
        for place, response in list(drawn.items())[:most]:
            at = number[response]
            right = [buses.id] if at < 20 else [parks.id] if at < 30 else []
            given = [parks.id if at < 20 else buses.id] if place <= wrong else right
            here = Place(consultation, QUESTION, response)
            codes.give(session, by, here, given, purpose=CodePurpose.AUDIT, now=NOON)
        audits.measure(session, consultation, QUESTION, now=NOON)
        return audits.standing(session, consultation, QUESTION)

    return code


class TestASample:
    def test_is_drawn_by_a_seed_that_is_kept(self, session, consultation, draw):
        sample = draw()

        assert len(chosen.places(session, consultation, QUESTION, sample=sample)) == 30
        assert session.scalars(select(AuditSample.seed)).one() == sample.seed

    def test_holds_no_answer_that_was_coded_or_that_says_nothing(
        self, session, consultation, officer, people, draw, buses
    ):
        place = Place(consultation, QUESTION, people[0].id)
        codes.give(session, officer, place, [], purpose=CodePurpose.CHECK, now=NOON)
        people[1].answers[QUESTION].tone = ""
        session.flush()

        drawn = chosen.places(session, consultation, QUESTION, sample=draw(100)).values()
        assert set(drawn) == {one.id for one in people[2:]}

    @pytest.mark.parametrize("size", [29, 101])
    def test_is_of_thirty_to_a_hundred(self, draw, size):
        with pytest.raises(AuditRefusedError, match="size"):
            draw(size)

    def test_is_refused_to_those_who_may_only_read(self, session, draw):
        with pytest.raises(NotAllowedError):
            draw(by=make_officer(session, role=Role.ANALYST))

    def test_loses_an_answer_that_is_deleted(self, session, consultation, people, draw):
        draw(100)

        responses.forget_response(session, people[0])

        assert len(session.scalars(select(ChosenAnswer)).all()) == 39


class TestWhatItSays:
    def test_without_one_figures_are_indicative(self, session, consultation):
        standing = audits.standing(session, consultation, QUESTION)

        assert standing.is_indicative
        assert "no person has checked" in standing.sentence

    def test_of_a_machine_that_is_right_they_are_not(self, draw, code):
        standing = code(draw())

        assert not standing.is_indicative
        assert standing.agreement.estimate == 1.0
        assert standing.sentence.startswith("Audited: on 30 random answers")

    def test_of_a_machine_that_is_often_wrong_they_are(self, draw, code):
        standing = code(draw(), wrong=10)

        assert standing.is_indicative
        assert standing.agreement.estimate == pytest.approx(20 / 30)
        assert standing.agreement.low < 20 / 30 < standing.agreement.high
        assert "F1 0.67 (95% interval" in standing.sentence

    def test_of_a_few_answers_they_are(self, draw, code):
        standing = code(draw(), most=29)

        assert standing.is_indicative
        assert "29 answers of the random sample" in standing.sentence

    def test_of_a_list_that_grew_since_they_are(self, session, consultation, draw, code):
        sample = draw()
        make_theme(session, consultation, [], label="Libraries")

        assert code(sample).has_changed
        assert code(sample).is_indicative

    def test_of_a_list_that_was_merged_since_they_are_until_it_is_measured_again(
        self, session, consultation, officer, draw, code, buses, parks
    ):
        assert code(draw()).counts is not None
        edit = Edit(officer, parks.edition, NOON)

        themes.merge(session, parks.id, buses.id, edit=edit)

        now = audits.standing(session, consultation, QUESTION)
        assert (now.is_indicative, now.counts) == (True, None)
        assert "the list was changed since the audit" in now.sentence
        audits.measure(session, consultation, QUESTION, now=NOON)
        assert set(audits.standing(session, consultation, QUESTION).counts) == {str(buses.id)}

    def test_of_a_list_that_grew_after_it_was_measured_they_are_at_once(
        self, session, consultation, draw, code
    ):
        assert not code(draw()).is_indicative

        make_theme(session, consultation, [], label="Libraries")

        now = audits.standing(session, consultation, QUESTION)
        assert (now.is_indicative, now.has_changed, now.counts) == (True, True, None)

    def test_is_measured_again_after_changes_and_undoing_by_one_job_that_waits(
        self, session, consultation, officer, draw, buses, parks
    ):
        draw()
        for theme in (buses, parks):
            themes.hide(session, theme.id, edit=Edit(officer, theme.edition, NOON))
        (job,) = session.scalars(select(Job)).all()
        assert (job.kind, job.subject) == (jobs.MEASURE, f"{consultation.slug}/{QUESTION}")
        job.finished_at = NOON

        newest = theme_log.find_newest(session, consultation, QUESTION).id
        theme_undo.undo(session, consultation, QUESTION, officer, seen=newest, now=NOON)

        assert jobs.find_latest(session, jobs.MEASURE, job.subject).finished_at is None

    def test_says_how_far_two_officers_agree(self, session, draw, code):
        sample = draw()
        assert code(sample).alpha is None

        standing = code(sample, by=make_officer(session))

        assert (standing.officers, standing.both, standing.alpha) == (2, 30, 1.0)

    def test_calibrates_the_counts_within_what_is_possible(self, draw, code, buses, parks):
        counts = code(draw(), wrong=6).counts

        assert set(counts) == {str(buses.id), str(parks.id)}
        assert all(0 <= one.low <= one.estimate <= one.high <= 40 for one in counts.values())

    def test_stands_beside_every_figure_of_the_list(
        self, session, consultation, draw, code, buses, parks
    ):
        for theme in (buses, parks):
            theme.status = ThemeStatus.SIGNED_OFF
        sample = draw()
        assert _said(session, consultation) == (True, True, "indicative")

        code(sample)

        assert _said(session, consultation) == (False, False, "audited")

    def test_leaves_out_an_answer_that_somebody_corrected_since(
        self, session, consultation, officer, draw, code, buses
    ):
        sample = draw()
        code(sample)
        first = chosen.places(session, consultation, QUESTION, sample=sample)[1]
        place = Place(consultation, QUESTION, first)
        codes.give(session, officer, place, [buses.id], purpose=CodePurpose.CHECK, now=NOON)
        audits.measure(session, consultation, QUESTION, now=NOON)

        assert audits.standing(session, consultation, QUESTION).coded == 29


def _said(session, consultation):
    """What the briefing, the published results and the file of themes say of the figures."""
    brief = briefings.write_briefing(session, consultation, council="Council", now=NOON)
    asked = next(each for each in brief.themes if each.code == QUESTION)
    assert asked.standing == audits.standing(session, consultation, QUESTION).sentence
    public = snapshots.preview_results(session, consultation, council="Council", now=NOON)
    rows = list(
        csv.DictReader(StringIO(packs.themes_file(session, consultation).decode("utf-8-sig")))
    )
    (kind,) = {row["figures are"] for row in rows}
    (in_public,) = {one.is_indicative for one in public.themes}
    (in_words,) = {"indicative" in one.figure_words for one in asked.themes}
    return in_words, in_public, kind
