"""Begin a response on this device, by the link that it came in by."""

from voice.models import Consultation, LinkKind, Response
from voice.services import assisting, links, responses
from voice.services.responses import Begun
from voice.web.devices import channel_here, find_door
from voice.web.public.came import take_up
from voice.web.public.visitors import first_key
from voice.web.public.ways import newcomers_setting
from voice.web.session import current_session, now


def begin_here(consultation: Consultation, press_key: str) -> Begun:
    """Begin a response for this press, once, and remember by which link it came.

    Raises:
        ConsultationClosedError: if `consultation` takes no answers now.
    """
    door = find_door(consultation.slug)
    begun = responses.start_once(
        current_session(),
        consultation,
        channel_here(door),
        now=now(),
        press_key=press_key,
        key=first_key(press_key),
    )
    links.enter(begun.response, door)
    return begun


def begin_together(consultation: Consultation, worker: str, press_key: str) -> Begun:
    """Begin a response of somebody whom `worker` helps, in the way and language they chose.

    Raises:
        ConsultationClosedError: if `consultation` takes no answers now.
        KeyError: if there is no such worker.
    """
    begun = assisting.begin_with_help(
        current_session(),
        consultation,
        worker,
        press_key=press_key,
        key=first_key(press_key),
        now=now(),
    )
    ask_as_chosen(consultation, begun.response)
    links.enter(begun.response, find_door(consultation.slug))
    return begun


def ask_as_chosen(consultation: Consultation, response: Response) -> None:
    """Ask it in the way and the language that the page or its address names."""
    wanted = newcomers_setting(consultation)
    responses.change_way(
        current_session(), response, variant=wanted.variant, language=wanted.language
    )


def begin_anew(consultation: Consultation, press_key: str) -> Begun:
    """Begin a response for a page whose browser lost its key: in the way and the class it was in.

    Raises:
        ConsultationClosedError: if `consultation` takes no answers now.
    """
    begun = begin_here(consultation, press_key)
    take_up(consultation, begun.response)
    return begun


def telegram_payload(slug: str) -> str:
    """Return what a chat in Telegram begins with: the link that this browser came by, if any."""
    door = find_door(slug)
    return slug if door is None or door.kind is LinkKind.KIOSK else door.code
