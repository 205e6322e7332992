"""What can go wrong, in our words. Each page, chat and command has its own wording for each."""


class VoiceError(Exception):
    """The family of everything that we raise on purpose. Messages are keys and codes, no words."""


class MigrationError(VoiceError):
    """The store cannot be brought to another schema without losing something; it is as it was."""


class SealedError(VoiceError):
    """Sealed words cannot be read now; the message says why. They are as they were."""


class NotFoundError(VoiceError):
    """There is no such thing, or it is not yours to see: both are answered alike."""


class ConsultationClosedError(VoiceError):
    """The consultation takes no answers now."""


class ConsultationNotReadyError(VoiceError):
    """The consultation cannot open yet; the message says what to mend."""


class LocalTimeRefusedError(VoiceError):
    """Clocks in the UK never show this, or show it twice; the message is `skipped` or `twice`."""


class WrongDateError(VoiceError, ValueError):
    """A pasted line has a date that is none, or two of a kind; the message is its number."""


class PlanRefusedError(VoiceError):
    """What was planned cannot be kept; the message is the field to mend and why: `closes past`."""


class StageRefusedError(VoiceError):
    """The consultation has not come far enough for this, or too far; the message says why."""


class NotYetAnsweredError(VoiceError):
    """The response cannot be sent in yet: a required question has no answer."""


class NothingSaidError(VoiceError):
    """The response cannot be sent in yet: it says nothing, and the worker who helps not why."""


class NotAgreedError(VoiceError):
    """The response may not be kept: a consent that it rests on was not given."""


class ReceivedOnRefusedError(VoiceError):
    """An answer cannot have been received on this day; the message is `future` or `early`."""


class AlreadyEnteredError(VoiceError):
    """The same page was saved before, with other answers on it; the message is its reference."""


class CodeRefusedError(VoiceError):
    """A personal code cannot be used; the message is `code`, `side` or `survey`."""


class TooManySentError(VoiceError):
    """This visitor, or their whole network, has sent as much of this as we take in a day."""


class KeptApartError(VoiceError):
    """These answers stand on two sides of a wall, and are not set beside each other like this."""


class ChangedMeanwhileError(VoiceError):
    """Somebody else changed this since it was read."""


class NotAllowedError(VoiceError):
    """This officer's role may not."""


class NoPdfError(VoiceError):
    """No PDF can be drawn here: a program that is not ours is missing."""


class SettingsError(VoiceError):
    """The service cannot start with these settings; the message says what to mend."""


class NotSavedError(VoiceError):
    """The store did not take it: nothing was kept, and trying again is right."""
