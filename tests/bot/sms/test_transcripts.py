"""The transcripts once more, by text: the same conversation leads to the same stored answers.

What was tapped is typed as a text asks for it: its number, or its words. What was tapped one by
one is typed at once.
"""

import re

import pytest
from sqlalchemy import select

from bot.outbox import Outbox
from bot.sms.gateways import gateway_for
from bot.sms.sender import TextSender
from bot.sms.webhook import SmsWebhook
from surveys.definition import read_from_library
from surveys.questions import Several
from surveys.turns import Stage
from tests.bot.running import prepare
from tests.bot.sms.texting import Texter
from tests.surveys.talk import Talk
from tests.transcripts.reading import TRANSCRIPTS, event_of, in_lines, read
from voice.models import Response
from voice.services.responses import answers_of

# What a text cannot say. A voice note is no text; and no button leads back from help to the
# question, which waits: whoever wants to read it again sends START.
CANNOT = {"hmip_viewpoint": ["> (voice)"]}
INSTEAD = {"> /start": "START", "[Carry on]": "START"}
WAYS_BACK = {"hmip_viewpoint": ["[Carry on]"]}


class Typist:
    """Reads the texts that come, and types what a transcript says or taps."""

    def __init__(self, texter, survey):
        self.texter = texter
        self.alone = Talk(survey)  # the same conversation with nothing around it
        self.read = []
        self.left_out, self.said_otherwise = [], []

    def go(self, move):
        is_one_of_several = self.chooses_several and move.startswith("[")
        typed = self.typed_for(move)
        self.alone.on(event_of(move, self.alone))
        if move in CANNOT.get(self.alone.survey.code, ()):
            self.left_out.append(move)
        elif not is_one_of_several or typed != self.number_of(move[1:-1]):
            self.read += self.texter.text(typed)

    @property
    def chooses_several(self):
        state = self.alone.state
        question = self.alone.survey.question(state.asking)
        return state.stage is Stage.ASKING and isinstance(question, Several)

    def typed_for(self, move):
        if move in INSTEAD:
            self.said_otherwise += [move] if move.startswith("[") else []
            return INSTEAD[move]
        if not move.startswith("["):
            return move[2:]
        if move == "[Done]" and self.chooses_several:
            return self.chosen_so_far()
        label = move[1:-1]
        return self.number_of(label) or self.word_for(label)

    def chosen_so_far(self):
        question = self.alone.survey.question(self.alone.state.asking)
        places = enumerate(question.options, start=1)
        return ", ".join(str(n) for n, each in places if each.code in self.alone.state.picks)

    def number_of(self, label):
        """Return the number by which the newest text that offers this says it is chosen."""
        offered = re.compile(rf"Reply (\d+) for .*{re.escape(label)}")
        found = (offered.search(text) for text in reversed(self.read))
        return next((each[1] for each in found if each is not None), None)

    def word_for(self, label):
        """Return the word, which the last text must have offered."""
        offered = self.read[-1].rpartition("eply: ")[2].split(", ")
        assert label in offered, self.read[-1]
        return label


@pytest.fixture
def typist(tmp_path, by_notify, client, notify):
    stores = []

    def begin(survey):
        store = prepare(tmp_path, survey)
        stores.append(store)
        sender = TextSender(Outbox(store, by_notify), gateway_for(by_notify, client))
        webhook = SmsWebhook(store, by_notify)
        return store, Typist(Texter(webhook, by_notify.notify_token, sender, notify), survey)

    yield begin
    for each in stores:
        each.close()


def stored_in(store):
    with store.reading() as session:
        responses = session.scalars(select(Response)).all()
        return [line for each in responses for line in in_lines(answers_of(each))]


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_same_conversation_by_text_stores_the_same_answers(path, typist):
    written = read(path)
    store, person = typist(read_from_library(written.survey))

    for move, _ in written.turns:
        person.go(move)

    assert sorted(stored_in(store)) == sorted(written.stored)
    assert person.left_out == CANNOT.get(path.stem, [])
    assert person.said_otherwise == WAYS_BACK.get(path.stem, [])
