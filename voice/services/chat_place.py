"""Where a chat is: the survey as it is asked there, the state, and what its turn must know."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from surveys.engine import Survey
from surveys.talking import talk
from surveys.turns import Event, Scene, State, Turn
from voice.config import Settings
from voice.models import Channel, Chat, Link
from voice.services import chat_invitations
from voice.services.chat_scenes import scene_for, spoken_scene
from voice.services.chat_surveys import state_of, survey_in


class Place(NamedTuple):
    """What a turn is taken with; and the turn on one event, if it was taken already."""

    survey: Survey
    state: State
    scene: Scene
    event: Event | None = None
    turn: Turn | None = None

    def talk(self, event: Event) -> Turn:
        """Return the turn on `event`."""
        if self.turn is not None and event is self.event:
            return self.turn
        return talk(self.survey, self.state, event, self.scene)

    def after(self, event: Event) -> "Place":
        """Return the same with the turn on `event` taken: it is pure, so it may be taken early."""
        return Place(self.survey, self.state, self.scene, event, self.talk(event))


def place_of(session: Session, chat: Chat, settings: Settings, channel: Channel) -> Place:
    """Return where this chat is now."""
    response, survey = chat.response, survey_in(chat)
    scene = scene_for(
        settings,
        channel,
        chat.consultation,
        reference=response.reference if response else "",
        link=_link_of(session, chat),
        named=chat_invitations.goes_with_name(session, settings, chat),
    )
    return Place(survey, state_of(chat), spoken_scene(scene, settings, survey.language))


def _link_of(session: Session, chat: Chat) -> Link | None:
    """Return the link by which a chat was come to that has no answers yet; or None."""
    return session.get(Link, chat.link_id) if chat.link_id is not None else None
