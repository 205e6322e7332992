"""F3: after a restorative meeting, a real name in a published comment is "(the young person)"."""

import pytest

from surveys.engine import Survey
from surveys.places import texts_of
from tests.factories import make_consultation, make_response
from tests.surveys.conftest import ABOUT
from tests.voice.themed import QUESTION, make_theme
from voice.services import theme_views

REFRESHING = (
    "The meeting was well organised and sorted giving us time to get our points across and I found "
    "it refreshing that {who} admitted blame and didn’t try to hide behind others"
)
PROGRESS = (
    "I believe that it was a positive meeting with a positive outcome, which allows {who} and I "
    "to progress. It also puts the whole situation at ease and glad that it happened"
)
SURVEY = {
    "code": "restorative_meetings",
    "title": "Your meeting",
    "about": ABOUT,
    "questions": [{"code": QUESTION, "kind": "free_text", "text": "How was the meeting?"}],
}


@pytest.fixture
def quoted(session):
    """Return the quotes of victims who named the young person, in a survey with this wording."""

    def quoted(slug, *comments, **wording):
        survey = Survey.model_validate(SURVEY | wording)
        made = make_consultation(session, survey=survey, slug=slug)
        people = [make_response(session, made, **{QUESTION: each}) for each in comments]
        for one in people:
            one.answers[QUESTION].tone = "positive"
        make_theme(session, made, people)
        (theme,) = theme_views.read_themes(session, made, QUESTION).shown
        return theme.quotes

    return quoted


class TestNamesInPublishedComments:
    def test_f3_become_the_young_person_where_the_survey_says_so(self, quoted):
        said = REFRESHING.format(who="Jamie Turner"), PROGRESS.format(who="Callum")

        quotes = quoted("meetings", *said, name_as="(the young person)")

        assert quotes == (
            REFRESHING.format(who="(the young person)"),
            PROGRESS.format(who="(the young person)"),
        )

    def test_are_masked_as_everywhere_where_it_says_nothing(self, quoted):
        quotes = quoted("plain", REFRESHING.format(who="Jamie Turner"))

        assert quotes == (REFRESHING.format(who="[name]"),)

    def test_leave_every_other_detail_to_its_own_mask(self, quoted):
        words = "I met Jamie Turner near HP20 1UA and it went well"

        quotes = quoted("phoned", words, name_as="(the young person)")

        assert quotes == ("I met (the young person) near [postcode] and it went well",)

    def test_need_no_translation(self):
        survey = Survey.model_validate(SURVEY | {"name_as": "(the young person)"})

        assert "(the young person)" not in texts_of(survey).values()
