"""Why an answer is not taken: one list for every kind of question and every channel."""

from enum import StrEnum


class Refusal(StrEnum):
    """Why an answer was not taken. Each channel has its own words for each."""

    MISSING = "missing"
    NOT_AN_OPTION = "not_an_option"
    ONLY_ONE = "only_one"
    EXCLUSIVE = "exclusive"
    TOO_LONG = "too_long"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_POSTCODE = "not_a_postcode"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    UNSORTED = "unsorted"
    NOT_A_PERCENT = "not_a_percent"
    ONE_OF_TWO = "one_of_two"
    SAME_PLACE = "same_place"
    EMPTY_PLACE = "empty_place"
    ROWS_LEFT = "rows_left"
    NOT_AGREED = "not_agreed"
    WRONG_TYPE = "wrong_type"
    TOO_LARGE = "too_large"
    DAMAGED = "damaged"
    HEIC = "heic"  # how iPhones keep photos
    NO_FILE = "no_file"


class AnswerRefusedError(ValueError):
    """The words given are no answer to this question; `refusal` says why.

    The words themselves are never part of the message.
    """

    def __init__(self, question: str, refusal: Refusal) -> None:
        super().__init__(f"{question}: {refusal}")
        self.question = question
        self.refusal = refusal
