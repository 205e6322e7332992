"""What the pages say when an answer is not taken, for adults and for young people."""

from collections.abc import Sequence

from surveys.answers import Refusal
from surveys.choosing import how_many, how_to_measure
from surveys.dates import Precision, date_in_words
from surveys.engine import Audience
from surveys.measures import MEASURES
from surveys.postcodes import Postcode
from surveys.questions import AnyQuestion, Date, FreeText, MediaQuestion, Number, Several, ShortText
from surveys.statements import Consent
from voice.web.languages import plain_words
from voice.web.public.wording_measures import measure_refused

ENDS_HERE = "If you do not agree, we ask nothing more and keep nothing that you answered."
_ADULT = {
    Refusal.MISSING: "Choose an answer to go on",
    Refusal.NOT_AN_OPTION: "Choose one of the answers on this page",
    Refusal.ONLY_ONE: "Choose one answer only",
    Refusal.EXCLUSIVE: "Choose this answer on its own, or choose the others",
    Refusal.UNSORTED: "Choose a place for every card",
    Refusal.WRONG_TYPE: "We cannot take that kind of file",
    Refusal.TOO_MANY: "That is more files than we can take. Take some away",
    Refusal.TOO_LARGE: "That file is too large",
    Refusal.DAMAGED: "We could not open that file. Choose another",
    Refusal.HEIC: "That photo is in the HEIC format, which many devices cannot open. Choose it "
    "from your photos, not from your files: your phone then makes a JPEG of it. Or send a "
    "screenshot of it",
    Refusal.NO_FILE: "Choose a file",
    Refusal.NOT_A_NUMBER: "Enter a whole number, like 12",
    Refusal.NOT_A_TIME: "Enter a time, like 15:30 or 3:30pm",
    Refusal.NOT_AGREED: "You do not agree, so we keep nothing",
    Refusal.NOT_A_POSTCODE: "Enter a postcode, or its first half, like HP20",
}
_YOUNG = {
    Refusal.MISSING: "Please choose one to go on",
    Refusal.NOT_AN_OPTION: "Please choose one of these",
    Refusal.ONLY_ONE: "Please choose just one",
    Refusal.EXCLUSIVE: "That one goes alone. Choose it, or choose the others",
    Refusal.UNSORTED: "Please choose a place for every card",
    Refusal.WRONG_TYPE: "Sorry, we cannot take that kind of file",
    Refusal.TOO_MANY: "Sorry, that is too many files. Please take some away",
    Refusal.TOO_LARGE: "Sorry, that file is too large",
    Refusal.DAMAGED: "Sorry, we could not open that file. Please choose another",
    Refusal.HEIC: "Sorry, we cannot open that kind of photo (HEIC). Choose it from your photos, "
    "not from your files. Or send a screenshot of it",
    Refusal.NO_FILE: "Please choose a file",
    Refusal.NOT_A_NUMBER: "Please type a number, like 12",
    Refusal.NOT_A_TIME: "Please type a time, like 3:30pm",
    Refusal.NOT_AGREED: "You do not agree, so we keep nothing",
    Refusal.NOT_A_POSTCODE: "Please type the first half of your postcode, like HP20",
}
_DATE_LIKE = {Precision.DAY: "27 3 2009", Precision.MONTH: "3 2009", Precision.YEAR: "2009"}


def how_to_answer(question: AnyQuestion) -> tuple[str, ...]:
    """Return what people are told before they answer, in the page's language."""
    told = how_many(question) if isinstance(question, Several) else ""
    told = how_to_measure(question) if isinstance(question, MEASURES) else told
    told = question.told if isinstance(question, Postcode) else told
    ends = ENDS_HERE if isinstance(question, Consent) and question.required else ""
    return tuple(plain_words(each) for each in (told, ends) if each)


def words_wanted(audience: Audience) -> str:
    """Ask once for the words of "please specify", and say that it may stay empty."""
    if audience is Audience.YOUNG:
        return "You can say what it is. Or press Continue again to leave it empty"
    return "Say what it is, or press Continue again to leave it empty"


def refusal_in_words(
    refusal: Refusal, question: AnyQuestion, audience: Audience, *, given: Sequence[str] = ()
) -> str:
    """Say what is wrong with an answer and what to do about it."""
    if isinstance(question, MEASURES) and (words := measure_refused(refusal, question, given)):
        return words
    match refusal, question:
        case Refusal.TOO_LONG, FreeText(max_chars=limit) | ShortText(max_chars=limit):
            chars = len(given[0]) if given else 0
            return (
                f"Your answer must be {limit:,} characters or fewer. It has {chars:,}, and all of "
                "it is still here: shorten it, or send the rest as another answer"
            )
        case Refusal.TOO_LONG, _:
            return "Shorten what you wrote beside your choice"
        case Refusal.OUT_OF_RANGE, Number(lowest=lowest, highest=highest):
            return f"Enter a number between {lowest:,} and {highest:,}"
        case Refusal.TOO_FEW | Refusal.TOO_MANY, Several():
            return how_many(question)
        case Refusal.NOT_A_DATE, Date(precision=precision):
            return f"Enter a real {precision}, like {_DATE_LIKE[precision]}"
        case Refusal.OUT_OF_RANGE, Date():
            return _within(question.lowest, question.highest)
        case _:
            return _plainly(refusal, question, audience)


def _plainly(refusal: Refusal, question: AnyQuestion, audience: Audience) -> str:
    """Say it in this audience's words; of a file, with what may be sent instead."""
    words = _YOUNG if audience is Audience.YOUNG else _ADULT
    if not isinstance(question, MediaQuestion):
        return words[refusal]
    why = Refusal.NO_FILE if refusal is Refusal.MISSING else refusal
    says_it_all = why in {Refusal.DAMAGED, Refusal.HEIC, Refusal.TOO_MANY}
    return words[why] if says_it_all else f"{words[why]}. {question.limits}"


def _within(lowest: str | None, highest: str | None) -> str:
    """Say between which dates an answer must be, where one or both ends are set."""
    first, last = (date_in_words(each) if each else "" for each in (lowest, highest))
    if first and last:
        return f"Enter a date from {first} to {last}"
    return f"Enter {first} or later" if first else f"Enter {last} or earlier"
