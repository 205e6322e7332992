"""The page of worries, for follow-up."""

from tests.factories import make_consultation


class TestThePageForFollowUp:
    def test_names_each_card_that_means_danger_in_its_pile(self, browse, database):
        with database.writing() as session:
            make_consultation(session, survey="what_kids_need", slug="kids")

        page = browse().get("/officers/consultations/kids/follow-up").text

        assert "Feeling safe: I want more of this" in page
        assert "No question of this survey" not in page
