"""What typed words can mean among choices: what they say, as people spell it, or with one slip.

Nothing is guessed between two: where more than one choice could be meant, none is. A consent is
never read this way, nor is any command.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from surveys.bands import band_in
from surveys.measures import Ranking
from surveys.questions import Consent, OneOf
from surveys.spellings import is_unsure, number_in, typed_in, yes_or_no
from surveys.typed import Find, Named, find_named, find_options, options_found, order_found, plain

FEWEST_LETTERS = 4  # of a label, and of a word, in which a slip is forgiven


def options_meant(question: OneOf, text: str, language: str) -> tuple[str, ...]:
    """Return the codes of the options that `text` can only mean, in the survey's order."""
    exact = find_options(question, text)
    if exact or isinstance(question, Consent):
        return exact
    return options_found(question, text, _finder(language))


def order_meant(question: Ranking, text: str, language: str) -> tuple[str, ...]:
    """Return the codes of the options that `text` can only mean, in the order said."""
    return order_found(question, text, _finder(language))


def choice_meant(choices: Sequence[Named], text: str, language: str) -> str | None:
    """Return the code of the one choice that `text` can only mean, or None."""
    said = plain(text)
    exact = find_named(choices, said)
    if exact is not None or not said:
        return exact
    number = number_in(said, language)
    if number is not None:
        return _numbered(choices, said, number, language)
    answered = yes_or_no(said, language)
    if answered is not None:
        return _only(each.code for each in choices if _answers(each, language, yes=answered))
    if is_unsure(said, language):
        return _only(each.code for each in choices if _is_unsure(each, language))
    return _only(each.code for each in choices if _is_slip_of(said, plain(each.label), language))


def number_typed(text: str, language: str) -> str:
    """Return `text` as a number in figures where it says one, such as "sixteen"; else as it is."""
    number = number_in(plain(text), language)
    return text if number is None else str(number)


def _finder(language: str) -> Find:
    return partial(_choice_in, language=language)


def _choice_in(choices: Sequence[Named], text: str, *, language: str) -> str | None:
    return choice_meant(choices, text, language)


def _only(codes: Iterable[str]) -> str | None:
    found = list(codes)
    return found[0] if len(found) == 1 else None


def _numbered(choices: Sequence[Named], said: str, number: int, language: str) -> str | None:
    """Return the choice with this place, or the band with this number; none if they differ.

    "im 14" is an age and no place. Bare figures that are a place were understood before.
    """
    bands = [(each.code, band_in(each.label)) for each in choices]
    among = [code for code, band in bands if band and band.lowest <= number <= band.highest]
    is_bare = any(said in each.numbers for each in typed_in(language))
    named = find_named(choices, str(number)) if is_bare else None
    return _only(dict.fromkeys((*among, *([named] if named is not None else []))))


def _answers(choice: Named, language: str, *, yes: bool) -> bool:
    """Return whether a choice begins with a yes, or a no, that stands by itself: "Yes, a lot".

    "No, but I want to" says more than a no.
    """
    head, _, rest = choice.label.partition(",")
    further = plain(rest).split()
    if further and any(further[0] in each.but for each in typed_in(language)):
        return False
    return any(
        plain(head) in (each.says_yes if yes else each.says_no) for each in typed_in(language)
    )


def _is_unsure(choice: Named, language: str) -> bool:
    said = plain(choice.label)
    return any(said in each.says_unsure for each in typed_in(language))


def _denies(words: str, language: str) -> bool:
    said = words.replace("'", "").split()
    return any(not each.denies.isdisjoint(said) for each in typed_in(language))


def _are_slips_of(typed: str, label: str) -> bool:
    """Return whether word by word the first letters agree, and none that differs is a short one.

    "i feel usafe" is no slip of "I feel safe", nor "my dan" of "My dad".
    """
    said, meant = typed.replace("-", " ").split(), label.replace("-", " ").split()
    if len(said) != len(meant):
        return True  # a space too many or too few
    return all(
        one == other or (one[0] == other[0] and min(len(one), len(other)) >= FEWEST_LETTERS)
        for one, other in zip(said, meant, strict=True)
    )


def _is_slip_of(typed: str, label: str, language: str) -> bool:
    """Return whether one letter more, less, other or in the wrong place makes one the other.

    The first letter is right, for "ever" is no slip of "never"; and nothing is denied in the words
    typed that the label does not deny, for "I cant" is no slip of "I can".
    """
    if len(label) < FEWEST_LETTERS or abs(len(typed) - len(label)) > 1 or typed[0] != label[0]:
        return False
    if _denies(typed, language) and not _denies(label, language):
        return False
    start = 0
    while start < min(len(typed), len(label)) and typed[start] == label[start]:
        start += 1
    one, other = typed[start:], label[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if not _are_slips_of(typed, label):
        return False
    if any(each.isdigit() for each in one + other):
        return False  # 13 to 16 is no slip of 13 to 15
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])
