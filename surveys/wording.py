"""What the chat says, in short plain sentences that a nine-year-old can read."""

from surveys.answers import Refusal
from surveys.catalogue import say
from surveys.choosing import CHOOSE_ONE, how_many
from surveys.dates import Precision
from surveys.engine import Survey
from surveys.questions import AnyQuestion, Date, MediaQuestion, Percent, Several, Time
from surveys.turns import Scene

YES_START = "Yes, let’s start"
NO_START = "No, thank you"
SKIP, BACK, STOP, HELP = "Skip", "Back", "Stop", "Get help now"
DONE_CHOOSING = "Done"
CARRY_ON = "Carry on"
GO_ON = "Continue"
YES_TELL, NO_TELL = "Yes, tell me", "No, thanks"
YES_DELETE, NO_DELETE = "Yes, delete them", "No, keep them"
AGAIN = "Answer again"
UNDER_13, FROM_13_TO_15, OVER_16 = "Under 13", "13 to 15", "16 or over"

ASK_AGE = (
    "First of all: how old are you? This messenger is for people of 16 and over. If you are "
    "younger, we have a chat of our own for you."
)
AGE_UNCLEAR = "Please press a button, or type how old you are, like: 14"
YOUNGER = (
    "Thank you. Please use our own chat. It asks the same questions, and you need not install "
    "anything: {address}\n\nWe kept none of your answers here."
)
YOUNGER_WITHOUT_LINK = (
    "Thank you. You can still tell us what you think, on a page of ours.\n\n"
    "Ask the adult who gave you this link to open that page. Or look for it on the website of "
    "{council}.\n\nWe kept none of your answers here."
)

DECLINED = "That is fine. We kept no answers of yours. If you change your mind, send /start."
WELCOME_UNCLEAR = "Please press a button, or type yes or no."
WELCOME_BACK = "Welcome back. Here is where we stopped."
STALE = "You have answered this one already."
FIRST = "This is the first question, so there is nothing before it."
NOTHING_BEFORE = "There is nothing to go back to yet."
NO_NEED_TO_ANSWER = "That is OK, you do not have to answer this one. Press “Skip” to leave it out."
NOTHING_TO_SKIP = "There is nothing to skip yet. You can say no, if you like."
NOT_UNDERSTOOD = "Sorry, I did not understand. Please press a button, or type its words."
CHOOSE_MORE = "Choose as many as you like, then press Done."
TYPE_ANSWER = "Type your answer and send it."
CHOOSE_PILE = "Where does this one go?"
ANOTHER_WAY = "Let us try it another way."
TYPE_NUMBER = "Type a number from {fewest} to {most}, or the words of one choice."
TYPE_PLACE = "Type the words of one choice. Or its place: 1 is the first, {number} is the last."
TYPE_ONE_OF = "You can type: {labels}"
TYPE_FIGURES = "Type a number, like: {number}"
TYPE_POSTCODE = "Type the first half of it, like: HP20"
TYPE_ORDER = "Type their places in your order: 2, 1, 3 puts the second one first."
TYPE_GO_ON = "Type next to go on."
SKIP_OR_HELP = "Or press “Skip” or “Get help now”."
OR_HELP = "Or press “Get help now”."
SPECIFY = "Please say which. Type it and send it, or press Skip."
STOPPED = (
    "We have stopped. What you told us so far is kept. Press Carry on or send /start "
    "to go on. Send /delete to delete it."
)
IS_STOPPED = "We stopped here. Shall we carry on?"
NO_MEDIA = (
    "We cannot keep pictures, voice notes, places or forwarded messages here. Please type it "
    "instead."
)
EDITED = "Thank you, we have read your change. To change your answer itself, press Back."
ASK_DELETE = (
    "Do you want to delete all your answers? We cannot get them back. Numbers that we have shown "
    "to others stay. Did you tell us about danger? Then those who look after safety keep that. If "
    "we know how to reach you, they keep that too, to help you."
)
DELETED = (
    "Your answers are deleted. Did you tell us about danger? Then those who look after safety keep "
    "that. Thank you for telling us. Send /start to begin anew."
)
READ_WITH_NAME = (
    "Who reads it: those at the council who asked you. They see your name with your answers."
)
DEMONSTRATION = "This is a demonstration. Please do not tell it anything real."
WISH = "That was the last question, and your answers are in. Shall we tell you here what we did?"
FINISHED = "You have finished. Thank you. Send /delete to delete your answers."
CLOSED = (
    "This has closed now. If you told us something before, it is kept. An officer decides whether "
    "it still counts. You can read what we did at {address}"
)
MENU = "What would you like to tell us about?"
NOTHING_OPEN = (
    "We are not asking anything just now. Please come back another day. You can read what we "
    "did at {address}"
)
UNKNOWN_CODE = "We do not know this code. Please check each letter, and send it again."
IN_GROUP = "I only talk in private. Please open a chat with me alone: {address}"
BROKEN = "Sorry, something went wrong here. Please send that again, or send /start."
SEVERAL_FILES = "You can send up to {number}, one by one. Then press Done."
SKIPPED = "(skipped)"
KEPT_APART = (
    "This is about you. It is kept apart from your other answers, and you can skip it. Once your "
    "answers are in, we cannot find it again to delete it."
)
READ_ON = "There is nothing to answer here, so we did not keep that. Press Continue to go on."
NO_MORE = "We will send you nothing more. Thank you for your answers; they are kept."
NO_MORE_TEXTS = (
    "We will send you nothing more. Your answers are kept. Send /start to go on, or /delete to "
    "delete them."
)
NO_MORE_OUTSIDE = "We will send you nothing more. Send /start if you want to talk to us again."
NOTHING_TO_DELETE = (
    "There are no answers of yours here to delete. Did you tell us about danger? Then those who "
    "look after safety keep that. If we know how to reach you, they keep that too, to help you."
)
HOW_TO_STOP = "To get no more messages, send stop."
MAY_SEND = (
    "In this chat you can send:\n/skip to leave a question out\n/back for the one before\n"
    "/stop to stop\n/delete to delete your answers"
)
UNKNOWN_COMMAND = "I do not know that one. You can send /skip, /back, /stop, /help or /delete."

REFUSED = {
    Refusal.MISSING: "We need an answer here to go on. Please choose one.",
    Refusal.NOT_AN_OPTION: NOT_UNDERSTOOD,
    Refusal.ONLY_ONE: "Please choose one only.",
    Refusal.EXCLUSIVE: "That choice goes alone. Please choose it, or the others.",
    Refusal.TOO_FEW: "Please choose more.",
    Refusal.TOO_MANY: "Please choose fewer.",
    Refusal.TOO_LONG: "That is more than we can keep in one go. Please send a shorter part.",
    Refusal.NOT_A_NUMBER: "Please type a number, like 12.",
    Refusal.OUT_OF_RANGE: "That is outside what we can take. Please check it.",
    Refusal.NOT_A_POSTCODE: "That does not look like a postcode. The first half is enough: HP20.",
    Refusal.NOT_A_DATE: "That is no date we know. Please type the year with four digits.",
    Refusal.WRONG_TYPE: "We cannot take that kind of file here.",
    Refusal.TOO_LARGE: "That file is too large for us.",
    Refusal.DAMAGED: "We could not open that. Please send it again, or send another.",
    Refusal.HEIC: "We cannot open that kind of photo (HEIC). Please send it as a photo, not as a "
    "file. Or send a screenshot of it.",
    Refusal.NO_FILE: "We need a file here. Please send one, or press Skip.",
    Refusal.UNSORTED: "Please put every card in a pile.",
    Refusal.NOT_A_PERCENT: "Please type a whole number from 0 to 100, like 60.",
    Refusal.ONE_OF_TWO: "Please type both numbers, like: 40 85",
    Refusal.SAME_PLACE: "Please give each one a place of its own.",
    Refusal.EMPTY_PLACE: "Please leave no place empty.",
    Refusal.ROWS_LEFT: "Please choose one for each.",
    Refusal.NOT_AGREED: "You do not agree, so we keep nothing.",
    Refusal.NOT_A_TIME: "That is no time we know. Please type it like this: 3.30pm",
}
_SAY_LIMITS = frozenset({Refusal.WRONG_TYPE, Refusal.TOO_LARGE, Refusal.NO_FILE, Refusal.MISSING})
_TYPE_DATE = {
    Precision.DAY: "Type the day, month and year, like: 27 3 2009",
    Precision.MONTH: "Type the month and year, like: 3 2009",
    Precision.YEAR: "Type the year, like: 2009",
}


def refused(refusal: Refusal, question: AnyQuestion) -> str:
    """Say why an answer is not taken, and what to send instead."""
    if isinstance(question, Several) and refusal in {Refusal.TOO_FEW, Refusal.TOO_MANY}:
        return f"{how_many(question)}, please."
    if isinstance(question, MediaQuestion) and refusal in _SAY_LIMITS:
        return f"{REFUSED[refusal]} {question.limits}"
    return REFUSED[refusal]


def how_to_choose(question: Several) -> str:
    """Say how more than one option is chosen."""
    limits = how_many(question)
    if limits == CHOOSE_ONE:
        return f"{CHOOSE_ONE}, then press Done."
    return CHOOSE_MORE.replace("Choose as many as you like", limits) if limits else CHOOSE_MORE


def how_to_type(question: AnyQuestion) -> str:
    """Say how an answer that is no choice is given."""
    match question:
        case Date(precision=precision):
            return _TYPE_DATE[precision]
        case Percent():
            return "Type a number from 0 to 100. 0 means not at all, 100 means fully."
        case MediaQuestion():
            several = (
                f"\n\n{SEVERAL_FILES.format(number=question.most)}" if question.most > 1 else ""
            )
            return f"Send it here. {question.limits}{several}"
        case Time():
            return "Type the time, like: 15:30 or 3.30pm"
        case _:
            return TYPE_ANSWER


def skipped(language: str) -> str:
    """Say in a language that a question was left out."""
    return say(language, SKIPPED)


def sent_so_far(number: int) -> str:
    """Say how many files came, and how to go on."""
    return f"We have {number}. Send another, or press Done."


def you_said(question: str, answer: str) -> str:
    """Repeat what was chosen, under its question."""
    return f"{question}\n\n✔️ You said: {answer}"


def card(number: int, total: int, words: str) -> str:
    """Say which card is to be put in a pile."""
    return f"Card {number} of {total}: {words}\n\n{CHOOSE_PILE}"


def welcome(survey: Survey, scene: Scene) -> str:
    """Say who asks, what for, how long it takes, and that every question may be skipped."""
    warning = f"{DEMONSTRATION}\n\n" if scene.demonstration else ""
    return (
        f"{warning}Hello. This is {scene.council}. We would like to hear from you.\n\n"
        f"{survey.title}\n\n"
        f"It takes about {survey.about.minutes} minutes. You can skip any question, "
        "and stop when you like."
    )


def privacy(survey: Survey, scene: Scene) -> str:
    """Say who reads it and what happens if somebody is in danger, before the first question."""
    lines = "\n".join(scene.helplines)
    return (
        f"{_who_reads(survey, scene)}\n\n"
        "If you tell us that someone is in danger, we will try to get help."
        f"{scene.may_identify} Nobody watches this chat all the time.\n\n"
        f"If you need help now:\n{lines}\n\n"
        "You can delete your answers with /delete.\n\nIs that OK?"
    )


def _who_reads(survey: Survey, scene: Scene) -> str:
    """Say who reads it; a survey's own words on that do not know of names, so none are said."""
    if scene.named:
        return "\n\n".join((READ_WITH_NAME, *survey.privacy_register))
    reads_it = scene.reads_it or survey.about.who_reads
    reads_it = " ".join((reads_it, *survey.privacy_register))
    return f"Who reads it: {reads_it} We do not ask your name."


def help_card(scene: Scene) -> str:
    """Say where help is, first of all, and then what may be typed."""
    lines = "\n".join(scene.helplines)
    return f"If you or someone else is in danger, ring 999.\n\n{lines}\n\n{MAY_SEND}"


def help_lines(scene: Scene) -> str:
    """Say where help is."""
    lines = "\n".join(scene.helplines)
    return f"If you need help now:\n{lines}"


def not_agreed(scene: Scene) -> str:
    """Say kindly that nothing more is asked and nothing is kept, and where help is."""
    lines = "\n".join(scene.helplines)
    return (
        "That is fine. You do not agree, so we ask you nothing more. We kept nothing of what you "
        "answered here. If you told us about danger, those who look after safety keep that.\n\n"
        f"If you need help:\n{lines}\n\nIf you change your mind, send /start."
    )


def asked_for_help(scene: Scene) -> str:
    """Answer a word that asks for help: thank, say who will read it, give numbers."""
    lines = "\n".join(scene.helplines)
    return (
        "Thank you for telling us. You are not in trouble. Someone who looks after safety at "
        f"{scene.council} will read this. They are not there all the time, so please do not "
        f"wait for them.\n\nIf anyone is in danger, ring 999.\n\n{lines}"
    )


def may_worry(scene: Scene) -> str:
    """Answer words that may say that somebody is worried: thank, give numbers, promise nothing.

    Nobody is woken for them, so nobody is said to read them soon.
    """
    lines = "\n".join(scene.helplines)
    return (
        "Thank you for telling us. If something worries you, you can talk to these people. They "
        f"listen.\n\nIf anyone is in danger, ring 999.\n\n{lines}"
    )


def thanks(survey: Survey, scene: Scene, *, will_hear: bool) -> str:
    """Say thank you, give the reference, and say what happens next."""
    hear = "We will tell you here what we did. " if will_hear else ""
    reference = f"Your reference is {scene.reference}. " if scene.reference else ""
    thank_you = survey.about.thanks or "Thank you. Your answers are kept safe."
    return (
        f"{thank_you}\n\n"
        f"{reference}{hear}You can read what we did at {scene.outcomes_address}\n\n"
        "Send /delete to delete your answers. You may want to clear this chat on your phone."
    )
