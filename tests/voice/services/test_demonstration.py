"""The demonstration: loaded once, true to the papers, and plainly marked."""

import pytest
from sqlalchemy import func, select

from tests.conftest import COUNCIL, NOON
from tests.stores import new_sqlite
from voice.config import Council, read_council
from voice.errors import ConsultationNotReadyError
from voice.models import Concern, Consultation, Response
from voice.services import demonstration, officers
from voice.services.consultations import current_survey


class TestLoadingTheDemonstration:
    def test_says_on_every_consultation_that_it_is_one(self, loaded):
        assert all(each.demonstration for each in loaded.scalars(select(Consultation)))

    def test_shows_something_open_and_something_closed(self, loaded):
        found = loaded.scalars(select(Consultation)).all()

        assert {each.is_open(NOON) for each in found} == {True, False}

    def test_opens_surveys_of_the_newer_kinds_without_answers(self, loaded):
        kinds = set()
        for slug in ("my-learning-plan", "what-kids-need"):
            one = loaded.scalars(select(Consultation).where(Consultation.slug == slug)).one()
            kinds |= {question.kind for question in current_survey(one).questions}

            assert one.is_open(NOON)
            assert answered(loaded, slug) == 0
            assert "the wording is ours" in one.demonstration

        assert {"card_sort", "faces", "several"} <= kinds

    @pytest.mark.parametrize(
        ("slug", "people"),
        [
            pytest.param("hmip-viewpoint-2016", 45, id="Viewpoint"),
            pytest.param("hmip-viewpoint-2015", 21, id="Viewpoint the year before"),
            pytest.param("victim-feedback-2016", 78, id="victims"),
            pytest.param("chelseas-choice-2015", 534, id="pupils"),
        ],
    )
    def test_holds_as_many_responses_as_were_published_of(self, loaded, slug, people):
        assert answered(loaded, slug) == people

    def test_raises_a_concern_for_each_worried_pupil(self, loaded):
        worried = select(func.count()).where(Concern.category == "said_worried")

        assert loaded.scalar(worried.select_from(Concern)) == 114

    def test_a_second_time_changes_nothing(self, loaded):
        made = [
            demonstration.load_consultation(loaded, shown, council=COUNCIL, now=NOON)
            for shown in demonstration.SHOWN
        ]

        assert made == [None] * len(demonstration.SHOWN)

    def test_is_refused_while_the_councils_helplines_are_empty(self, session):
        shown = next(each for each in demonstration.SHOWN if each.survey == "hmip_viewpoint")

        with pytest.raises(ConsultationNotReadyError, match="helplines"):
            demonstration.load_consultation(session, shown, council=Council(), now=NOON)


class TestTheDemonstrationOfficers:
    def test_get_passphrases_of_chance_that_stay_the_same(self, tmp_path):
        path = tmp_path / "officers.txt"

        first = demonstration.write_passphrases(path)

        assert demonstration.write_passphrases(path) == first
        assert len(set(first.values())) == len(first)

    def test_can_sign_in(self, session, tmp_path):
        passphrases = demonstration.write_passphrases(tmp_path / "officers.txt")
        demonstration.load_officers(session, passphrases, now=NOON)

        email, passphrase = next(iter(passphrases.items()))
        assert officers.sign_in(session, email, passphrase, now=NOON) is not None


def test_the_demonstration_council_has_its_own_helplines(tmp_path):
    demonstration.write_council(tmp_path / "council.yaml")

    assert read_council(tmp_path / "council.yaml").own_helplines


def answered(session, slug):
    """How many responses were sent in to the consultation of this address."""
    return session.scalar(
        select(func.count())
        .select_from(Response)
        .join(Response.consultation)
        .where(Consultation.slug == slug, Response.submitted_at.is_not(None))
    )


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A session on a store with the whole demonstration, loaded once for this file."""
    database = new_sqlite(tmp_path_factory.mktemp("demonstration"))
    with database.writing() as session:
        for shown in demonstration.SHOWN:
            demonstration.load_consultation(session, shown, council=COUNCIL, now=NOON)
    with database.writing() as session:
        yield session
    database.close()
