"""The fixed lists of words that columns hold. Values are stored for ever, so never reworded."""

from enum import StrEnum

from surveys.setting_names import CHANNELS


class Channel(StrEnum):
    """The door through which somebody answers."""

    WEB = "web"
    WEB_CHAT = "web_chat"
    TELEGRAM = "telegram"
    PAPER = "paper"
    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"  # nobody answers by it: only what we send goes this way
    KIOSK = "kiosk"  # a device that many people use, one after the other
    CLASSROOM = "classroom"
    ASSISTED = "assisted"  # a worker beside the person typed, or held the device
    IMPORT = "import"  # collected elsewhere, and brought in from a file
    RECORDED = "recorded"  # said aloud or by letter, and written down by an officer

    @property
    def label(self) -> str:
        """What officers call it."""
        return CHANNELS[self.value]

    @property
    def is_shared(self) -> bool:
        """Whether the device is somebody else's next: it must remember nobody."""
        return self in {Channel.KIOSK, Channel.CLASSROOM, Channel.ASSISTED}


class LinkKind(StrEnum):
    """What a short link is for."""

    POSTER = "poster"
    AMBASSADOR = "ambassador"  # somebody who hands it on
    CHANNEL = "channel"  # a newsletter, a post, a letter
    KIOSK = "kiosk"  # opened once on a device that stands in a library
    CLASS = "class"  # a school: its teacher gathers classes by it
    PAGE = "page"  # "Was this page useful?" on the council's own pages


class Hearing(StrEnum):
    """How a worker came by what stands as somebody's answer, or by nothing."""

    OWN_WORDS = "own_words"
    DECLINED = "declined"  # chose not to say
    NOT_SOUGHT = "not_sought"


class HeardBy(StrEnum):
    """How a child was heard before a conference: by their link or its code, or as officers say."""

    LINK = "link"
    PAPER = "paper"
    PHONE = "phone"
    WORKER = "worker"
    GROUP = "group"
    OTHER = "other"


class ConsultationKind(StrEnum):
    """What is promised with a consultation; see docs/guides/officer-consultation.md."""

    PUBLIC = "public"  # a decision depends on it: the Gunning principles are held to
    FEEDBACK = "feedback"  # how a service was for people; no decision waits for it


class Capacity(StrEnum):
    """As whom somebody speaks. The first three answer a survey; the others are only listened to."""

    INDIVIDUAL = "individual"
    ORGANISATION = "organisation"
    COMMITTEE = "committee"
    FOCUS_GROUP = "focus_group"
    EVENT = "event"
    VISIT_NOTE = "visit_note"
    EVIDENCE = "evidence"
    LETTER = "letter"


class EntryCheck(StrEnum):
    """Whether a paper was typed in a second time, where the consultation asks for that."""

    NOT_ASKED = "not_asked"
    WAITING = "waiting"  # counts in no figure until it was typed again
    CHECKED = "checked"


class ImportStatus(StrEnum):
    """How far a file of answers has come."""

    UPLOADED = "uploaded"  # its columns are being matched
    WAITING = "waiting"  # a worker is to bring it in
    IMPORTED = "imported"
    REFUSED = "refused"  # nothing of it is in
    UNDONE = "undone"


class Role(StrEnum):
    """What an officer may do. See `voice/web/access.py`."""

    OFFICER = "officer"  # author and communications in one, as in a small team
    AUTHOR = "author"  # asks, reads answers and themes of their team, signs off; publishes nothing
    ANALYST = "analyst"  # reads themes and figures of their team, changes nothing
    COMMUNICATIONS = "communications"  # reads what an analyst reads, and publishes
    SAFEGUARDING = "safeguarding"  # sees concerns, of every team, and nothing else
    ADMIN = "admin"  # everything of every team but concerns
    COMMITTEE = "committee"  # rates how recommendations get on, and reads nothing else

    @property
    def label(self) -> str:
        """What people call it."""
        return {"officer": "Author and communications", "admin": "Administrator"}.get(
            self.value, self.value.capitalize()
        )

    @property
    def changes(self) -> bool:
        """Whether it asks, reads people's own words, and changes what was made of them."""
        return self in {Role.OFFICER, Role.AUTHOR, Role.ADMIN}

    @property
    def publishes(self) -> bool:
        """Whether it says something in public."""
        return self in {Role.OFFICER, Role.COMMUNICATIONS, Role.ADMIN}


class SignInStage(StrEnum):
    """How far a browser has come in signing in. Only the first opens anything else."""

    WHOLE = "whole"
    CODE = "code"  # the passphrase was right: a code of the phone is asked for
    SET_UP = "set_up"  # it was right, and a second step must be set up before anything else


class ThemeStatus(StrEnum):
    """How far people have taken a theme that was found."""

    FOUND = "found"
    CHECKED = "checked"  # by one officer, so that a long list can be worked through; counts nowhere
    SIGNED_OFF = "signed_off"  # with the whole list
    HIDDEN = "hidden"


class CodePurpose(StrEnum):
    """Why an officer said what an answer is about."""

    CHECK = "check"  # one of the answers that were chosen for checking
    MOVE = "move"  # a correction on a theme's page
    AUDIT = "audit"  # of the random sample: it measures, and is never learnt from


class ThemeAction(StrEnum):
    """What an officer did to the themes of a question."""

    RENAMED = "renamed"
    DESCRIBED = "described"
    MERGED = "merged"
    UNMERGED = "merge undone"
    HIDDEN = "hidden"
    BACK = "back to found"
    CHECKED = "checked"
    ADDED = "added"
    SPLIT = "split"
    MOVED = "comments moved"
    SIGNED_OFF = "list signed off"
    FRAME = "frame used"


class OutcomeKind(StrEnum):
    """What the council says to a theme."""

    DID = "did"
    WILL = "will"
    CANNOT = "cannot"
    THINKING = "thinking"


class Meant(StrEnum):
    """What somebody answers to "Was this what you meant?"."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class EnquiryKind(StrEnum):
    """What somebody wants an answer to."""

    PUBLIC_QUESTION = "public_question"  # to a committee, answered in public
    REQUEST = "request"  # asked for in an answer to a survey


class EnquiryState(StrEnum):
    """How far an enquiry has come."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    PUBLISHED = "published"


class PledgeStatus(StrEnum):
    """What became of a pledge."""

    UNKNOWN = "unknown"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"


class Progress(StrEnum):
    """How far the officer who writes an update says that it has come."""

    ACHIEVED = "achieved"
    PARTLY = "partly"
    NOT_ACHIEVED = "not_achieved"
    ON_HOLD = "on_hold"


class Rating(StrEnum):
    """How a committee rates the progress of a recommendation; no officer may."""

    IMPLEMENTED = "implemented"
    ON_TRACK = "on_track"
    CONCERN = "concern"
    NOT_DELIVERED = "not_delivered"


class DeliveryKind(StrEnum):
    """Replies go before broadcasts, and are sent at least once; broadcasts at most once."""

    REPLY = "reply"
    BROADCAST = "broadcast"


class DeliveryStatus(StrEnum):
    """Where a message to somebody is."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"  # the messenger will never take it: blocked, gone, malformed
    UNCERTAIN = "uncertain"  # a broadcast that may have arrived: not sent again


class TimerKind(StrEnum):
    """What sets the moment of a message that is planned for a chat (K7)."""

    FIXED_DATE = "fixed_date"
    DAYS_BEFORE = "days_before"  # the person's own review, else the close
    WINDOW = "window"  # the weeks before it
    CLOCK = "clock"  # 72 hours from what happened to the person
    THREE_MONTHS_ON = "three_months_on"  # from the person's own answer


class TimerOutcome(StrEnum):
    """What came of a timer: it wrote, or did nothing, and why."""

    SENT = "sent"
    MOVED_ON = "moved_on"
    ANSWERED = "answered"
    DECLINED = "declined"
    NO_MORE = "no_more"  # they want no more messages
    NOT_TO_BE_ASKED = "not_to_be_asked"
    UNREACHABLE = "unreachable"  # they blocked us, or we do not know how to reach them
    CLOSED = "closed"
    CALLED_OFF = "called_off"
    TOO_LATE = "too_late"
    ENOUGH = "enough"  # they had three messages, or one that day
