"""Several files for one question in a chat: one by one, each kept as it comes, then Done."""

import pytest

from surveys import wording
from surveys.conversation import take_turn
from surveys.media import Stored
from surveys.turns import KeepAnswer, Media, Scene, Start, State, Tap, Text
from tests.surveys.conftest import survey_asking

SCENE = Scene("Council", (), "https://voice.example/outcomes")
IDS = tuple(f"{number:032x}" for number in range(4))


class Sender:
    """Somebody who sends files to the first question of a chat."""

    def __init__(self, survey):
        self.survey, self.state, self.kept, self.turn = survey, State("s"), [], None
        for event in (Start(), Text("yes")):
            self.on(event)

    def on(self, event):
        self.turn = take_turn(self.survey, self.state, event, SCENE)
        self.state = self.turn.state
        self.kept += [each.answer for each in self.turn.effects if isinstance(each, KeepAnswer)]
        return "\n".join(message.text for message in self.turn.messages)

    def send(self, number, words=""):
        return self.on(Media("photo", Stored(IDS[number], "image/png", 9), words=words))

    def press(self, label):
        buttons = [each for m in self.turn.messages for row in m.rows for each in row]
        return self.on(Tap(next(each.token for each in buttons if each.label == label)))


class TestSeveralFiles:
    def test_are_taken_one_by_one_until_done_is_pressed(self, sender):
        assert wording.sent_so_far(1) in sender.send(0)
        assert wording.sent_so_far(2) in sender.send(1)

        said = sender.press("Done")

        assert sender.kept[-1].values == IDS[:2]
        assert "What else?" in said

    def test_are_kept_as_they_come_so_that_nobody_must_press_done(self, sender):
        sender.send(0)

        assert [each.values for each in sender.kept] == [IDS[:1]]

    def test_go_on_by_themselves_once_there_are_as_many_as_are_taken(self, sender):
        for number in range(3):
            said = sender.send(number)

        assert sender.kept[-1].values == IDS[:3]
        assert "What else?" in said

    def test_keep_the_words_of_each(self, sender):
        sender.send(0, "The gate")
        sender.send(1, "The path")

        assert sender.kept[-1].other == "The gate\nThe path"

    @pytest.mark.parametrize("word", ["Done", "done", "Skip"])
    def test_stay_when_the_rest_is_left_out_by_a_word(self, sender, word):
        sender.send(0)

        said = sender.on(Text(word))

        assert (len(sender.kept), sender.kept[-1].values) == (1, IDS[:1])
        assert "What else?" in said

    def test_are_sent_anew_after_coming_back(self, sender):
        sender.send(0)
        sender.press("Done")
        sender.on(Text("back"))

        sender.send(1)

        assert sender.kept[-1].values == IDS[1:2]

    def test_are_said_to_be_welcome_before_any_is_sent(self, sender):
        assert "You can send up to 3" in sender.on(Start())

    def test_have_no_done_before_the_first(self, sender):
        labels = [each.label for m in sender.turn.messages for row in m.rows for each in row]

        assert "Done" not in labels

    def test_are_one_where_one_is_asked_for(self):
        sender = Sender(asking(most=1))

        assert "What else?" in sender.send(0)


def asking(most):
    photo = {"code": "seen", "kind": "photo", "text": "What did you see?", "most": most}
    return survey_asking(photo | {"max_mb": 2}, {"code": "more", "kind": "free_text",
                                                 "text": "What else?"})  # fmt: skip


@pytest.fixture
def sender():
    return Sender(asking(most=3))
