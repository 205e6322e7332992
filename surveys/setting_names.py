"""What the values of a setting are called: the way, as whom, and through what somebody answers."""

from collections.abc import Mapping

SETTING_NAMES: Mapping[str, str] = {
    "variant": "The way of answering",
    "capacity": "Who answers",
    "channel": "Through what",
}
CAPACITIES: Mapping[str, str] = {
    "individual": "One person",
    "organisation": "An organisation",
    "committee": "A committee, jointly",
}
CHANNELS: Mapping[str, str] = {
    "web": "Web page",
    "web_chat": "Chat on the web",
    "telegram": "Telegram",
    "paper": "Paper",
    "phone": "Phone",
    "sms": "Text message",
    "email": "E-mail",
    "kiosk": "Kiosk",
    "classroom": "In class",
    "assisted": "With a worker",
    "import": "Brought in from a file",
    "recorded": "Written down by an officer",
}


def name_of(setting: str, value: str, *, variants: Mapping[str, str]) -> str:
    """Return what a value of a setting is called; itself where nobody knows it.

    `variants` are the names of a survey's own ways of answering, by their codes.
    """
    known = {"variant": variants, "capacity": CAPACITIES, "channel": CHANNELS}
    return known[setting].get(value, value)
