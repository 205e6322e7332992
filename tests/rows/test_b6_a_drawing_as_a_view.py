"""B6: "a picture of a drawing uploaded via bot is stored as a response, is counted in N …"."""

import pytest

from surveys.engine import Survey
from tests.bot.running import open_survey
from tests.surveys.conftest import ABOUT
from tests.voice import samples
from voice.models import AnswerRow, Concern, Consultation, Media
from voice.services import results
from voice.services.media import folder_of, path_of

DRAW = Survey.model_validate(
    {
        "code": "draw",
        "title": "Draw it",
        "about": ABOUT,
        "questions": [
            {"code": "home", "kind": "drawing", "text": "Can you draw your home?", "max_mb": 1},
            {"code": "more", "kind": "free_text", "text": "Anything else?"},
        ],
    }
)


WRONG = "We cannot take that kind of file here."


@pytest.fixture
def drawing(quick_bot, phone, store):
    """Somebody at the question that asks for a drawing."""
    open_survey(store, DRAW)
    phone.come_in("draw")
    phone.press("Yes, let’s start")
    phone.reads("A picture (JPEG, PNG or WebP) of up to 1 MB.")
    return phone


def test_a_picture_of_a_drawing_is_stored_counted_and_listed_as_not_text_analysed(
    drawing, store, bot_settings
):
    drawing.send_file("photo", samples.picture(), caption="my dad hits me every night")
    drawing.reads("Anything else?")
    drawing.press("Skip")
    drawing.reads("That was the last question")

    with store.reading() as session:
        media = session.query(Media).one()
        answer = session.query(AnswerRow).filter_by(question="home").one()
        consultation = session.query(Consultation).filter_by(slug="draw").one()
        figures = results.question_figures(session, consultation)[0]
        words = [concern.words for concern in session.query(Concern)]
    kept = path_of(folder_of(bot_settings), media.id).read_bytes()
    assert (answer.values, answer.other) == ([media.id.hex], "my dad hits me every night")
    assert samples.TELLING not in kept
    assert (figures.base, figures.note) == (1, "1 sent a picture; not text-analysed")
    assert words == ["my dad hits me every night"]


@pytest.mark.parametrize(
    ("kind", "content", "says"),
    [
        pytest.param("document", b"PK\3\4" + bytes(50), WRONG, id="zip"),
        pytest.param("photo", bytes(1_000_001), "That file is too large for us.", id="large"),
        pytest.param("photo", samples.picture()[:-200], "We could not open that.", id="half"),
        pytest.param("voice", samples.ogg(), WRONG, id="voice"),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_of_it_is_kept(
    drawing, store, kind, content, says
):
    drawing.send_file(kind, content)
    drawing.api.wait_until(lambda: any(says in each.text for each in drawing.screen))

    drawing.reads("Can you draw your home?")
    with store.reading() as session:
        assert session.query(AnswerRow).count() == 0


def test_a_picture_at_a_question_for_words_is_refused_kindly(drawing):
    drawing.press("Skip")
    drawing.reads("Anything else?")

    drawing.send_file("photo", samples.picture())

    drawing.reads("We cannot keep pictures")
    assert drawing.api.called("getFile") == []
