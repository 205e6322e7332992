"""The patient feedback of the demonstration: loaded once, whole, and plainly marked."""

import csv

import pytest
from sqlalchemy import func, select

from tests.conftest import COUNCIL, NOON
from tests.stores import new_sqlite
from voice.models import Concern, Job, Response
from voice.services import demonstration_comments
from voice.services.demonstration_comments import Comment, load_comments
from voice.services.results import question_figures

FIRST = 120


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A store with the first comments, and what was loaded."""
    database = new_sqlite(tmp_path_factory.mktemp("comments"))
    with database.writing() as session:
        given = demonstration_comments.read_comments()[:FIRST]
        made = load_comments(session, council=COUNCIL, now=NOON, comments=given)
        yield session, made
    database.close()


class TestThePatientFeedback:
    def test_is_2641_comments_without_anybodys_codes(self):
        comments = demonstration_comments.read_comments()

        assert len(comments) == 2641
        assert all(each.words.strip() for each in comments)
        with demonstration_comments.answers_file().open(encoding="utf-8") as lines:
            assert next(csv.reader(lines)) == ["id", "comment", "asked", "service"]

    def test_is_marked_with_its_source_and_its_licence(self, loaded):
        _, made = loaded

        assert "The-Strategy-Unit/pxtextmining" in made.demonstration
        assert "MIT licence, copyright 2021 NHS England" in made.demonstration
        licence = demonstration_comments.answers_file().with_name("LICENSE.txt")
        assert "Permission is hereby granted" in licence.read_text("utf-8")

    def test_comes_in_as_answers_do_with_the_service_beside_each(self, loaded):
        session, made = loaded
        read = demonstration_comments.read_comments()[:FIRST]

        figures = {each.code: each for each in question_figures(session, made)}

        assert figures["comment"].base == FIRST
        services = {row.label: row.count for row in figures["service"].rows}
        assert services["111"] == sum(each.service == "111" for each in read)
        assert figures["asked"].skipped == 0

    def test_is_loaded_once_and_its_themes_are_asked_for(self, loaded):
        session, _ = loaded

        again = load_comments(session, council=COUNCIL, now=NOON)

        assert again is None
        assert session.scalar(select(func.count()).select_from(Response)) == FIRST
        (job,) = session.scalars(select(Job).where(Job.kind == "analyse"))
        assert job.subject == "patient-feedback/comment"

    def test_has_a_frame_of_themes_with_a_key_of_their_own(self):
        with demonstration_comments.frame_file().open(encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))

        assert len({row["key"] for row in rows}) == len(rows) == 33
        assert all(row["name"] and row["note"] for row in rows)

    def test_is_screened_like_anybodys_words(self, loaded):
        session, made = loaded
        danger = Comment("He hits me and I want to die", "What was good?", "111")
        before = session.scalar(select(func.count()).select_from(Concern))

        demonstration_comments.keep_comment(session, made, danger, now=made.opens_at)

        assert session.scalar(select(func.count()).select_from(Concern)) > before
