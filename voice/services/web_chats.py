"""The web chat: the same conversation on a page, for everybody, with nothing to install.

`arrive` when the chat is opened (`Start()`), a button pressed (`Tap(token)`) or words sent
(`Text(words)`); commit; redirect to the page. The page shows what `view_for` gives: the questions
answered so far, then the messages of the last turn with their buttons (each a form that posts the
button's token). `view_for` is None while nothing has begun: offer a button that posts `Start()`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.engine import Survey
from surveys.fitting import THE_USUAL, Setting
from surveys.questions import MediaQuestion
from surveys.talking import all_in_parts, said_so_far, spoken_prompt, stands_until_chosen
from surveys.turns import Event, Message, Stage, Style, Text
from voice.config import Settings
from voice.models import (
    Channel,
    Chat,
    Consultation,
    Delivery,
    DeliveryKind,
    Participant,
    Response,
)
from voice.services import chat_media, chats, deliveries, participants, web_written
from voice.services.chat_arrivals import Arrival
from voice.services.chat_scenes import scene_for, spoken_scene
from voice.services.chat_surveys import state_of, survey_in

_MOST_MESSAGES_A_TURN = 40
_ANSWERED_NOTHING = "answered nothing"  # what became of words that were only replied to


@dataclass(frozen=True, slots=True)
class Browser:
    """Who is on the page: which consultation, and this browser's own key for its chat."""

    slug: str
    key: str  # made by chance (services.keys.new_key) and kept in a cookie; stored only as a hash
    setting: Setting = THE_USUAL  # how somebody new would like to be asked

    @property
    def address(self) -> str:
        """Return what stands for a messenger's address: one for each consultation."""
        return f"{self.slug}\x1f{self.key}"


@dataclass(frozen=True, slots=True)
class ChatView:
    """What the page of a web chat shows, from top to bottom."""

    history: tuple[tuple[str, str], ...]  # each question answered, and the answer in words
    messages: tuple[Message, ...]  # outcomes told, then the last turn; the last buttons work
    stage: Stage
    survey: Survey  # as it is asked here
    is_over: bool  # ended: nothing can be sent but Start(), which begins anew
    waits_for: MediaQuestion | None = None  # a file, and what kind of file
    unseen: tuple[int, ...] = ()  # numbers of the messages that no page has shown before

    @property
    def is_answered(self) -> bool:
        """Whether every question is behind them."""
        return self.stage in {Stage.WISH, Stage.FINISHED}

    @property
    def takes_words(self) -> bool:
        """Whether the box to type in is of use now."""
        return not self.is_over


def arrive(
    session: Session,
    settings: Settings,
    browser: Browser,
    event: Event,
    *,
    press_key: str,
    now: datetime,
) -> chats.Received:
    """Take in what somebody did on the page; the same `press_key` twice is one turn (REL-2).

    `press_key` is made by chance when the form is drawn.
    """
    arrival = Arrival(
        channel=Channel.WEB_CHAT,
        external_id=press_key,
        address=browser.address,
        event=event,
        payload=browser.slug,
        setting=browser.setting,
    )
    received = chats.receive(session, arrival, settings, now=now)
    if not received.is_new:  # the same page was sent again: its words are shown again
        outcome = participants.find_outcome(session, Channel.WEB_CHAT, press_key)
        return received._replace(kept_none=outcome == _ANSWERED_NOTHING)
    if received.kept_none and isinstance(event, Text):
        participants.set_outcome(session, Channel.WEB_CHAT, press_key, _ANSWERED_NOTHING)
    return received


def view_for(
    session: Session, settings: Settings, browser: Browser, *, now: datetime
) -> ChatView | None:
    """Return what this browser's chat looks like now, or None while it has not begun.

    Whoever shows it says so with `web_written.note_seen`: what we wrote first arrives by that.
    """
    chat = _latest_chat(session, settings, browser)
    if chat is None:
        return None
    state = state_of(chat)
    survey = survey_in(chat)
    scene = scene_for(settings, Channel.WEB_CHAT, chat.consultation)
    scene = spoken_scene(scene, settings, survey.language)
    prompt = spoken_prompt(survey, state, scene) if chat.ended_at is None else None
    said = _with_prompt(_last_messages(session, chat), prompt)
    written = web_written.list_written(session, chat)
    told = web_written.of_use(session, settings, written, now=now)
    return ChatView(
        history=said_so_far(survey, state),
        messages=all_in_parts((*(deliveries.read_body(each)[0] for each in told), *said)),
        stage=state.stage,
        survey=survey,
        is_over=chat.ended_at is not None,
        waits_for=chat_media.waiting_in(chat),
        unseen=web_written.waiting_among(written),
    )


def find_response(session: Session, settings: Settings, browser: Browser) -> Response | None:
    """Return the response that this browser's chat fills, or None while there is none."""
    chat = _latest_chat(session, settings, browser)
    return chat.response if chat is not None else None


def _latest_chat(session: Session, settings: Settings, browser: Browser) -> Chat | None:
    address_hash = participants.hash_address(settings.secret_key, Channel.WEB_CHAT, browser.address)
    return session.scalar(
        select(Chat)
        .join(Participant)
        .join(Consultation, Consultation.id == Chat.consultation_id)
        .where(
            Participant.channel == Channel.WEB_CHAT,
            Participant.address_hash == address_hash,
            Consultation.slug == browser.slug,
        )
        .order_by(Chat.ended_at.is_not(None), Chat.changed_at.desc())
        .limit(1)
    )


def _last_messages(session: Session, chat: Chat) -> list[Message]:
    """Return what was said in the last turn, in its order."""
    newest = session.scalars(
        select(Delivery)
        .where(
            Delivery.participant_id == chat.participant_id,
            Delivery.kind == DeliveryKind.REPLY,
        )
        .order_by(Delivery.id.desc())
        .limit(_MOST_MESSAGES_A_TURN)
    ).all()
    if not newest:
        return []
    turn = newest[0].reference.rpartition(":")[0]
    same = [each for each in reversed(newest) if each.reference.rpartition(":")[0] == turn]
    return [deliveries.read_body(each)[0] for each in same]


def _with_prompt(said: list[Message], prompt: Message | None) -> tuple[Message, ...]:
    """Return what was said, ending in what we wait for, with buttons that work."""
    if prompt is None:
        return tuple(Message(each.text) for each in said)
    if said and stands_until_chosen(said[-1]):
        return tuple(said)
    if said and said[-1].style is not Style.TOAST and said[-1].rows == prompt.rows:
        return tuple(said)
    return (*said, prompt)
