"""Answers with parts, as files hold them: a column a row, a card, a place, a start and an end."""

from collections.abc import Mapping, Sequence

from surveys.measured import find_percent
from surveys.measures import END, START, Grid, Pair, Ranking, rating
from surveys.questions import AnyQuestion, CardSort, OneOf
from surveys.typed import plain

Parted = Pair | Grid | CardSort | Ranking
PARTED = (Pair, Grid, CardSort, Ranking)
LEAVE_OUT = "-"  # what an agreed name stands for when it is no answer
Aliases = Mapping[str, str]  # a name as `plain` compares it -> a choice's code, or LEAVE_OUT


def parts_of(question: AnyQuestion) -> dict[str, str]:
    """Return the words of each part that may have a column of its own, by its code."""
    match question:
        case Pair():
            return question.labels
        case Grid():
            return {row.code: row.label for row in question.rows}
        case CardSort():
            return {card.code: card.label for card in question.cards}
        case Ranking():
            return {str(place): f"Place {place}" for place in range(1, question.places + 1)}
        case _:
            return {}


def choices_of(question: AnyQuestion | None) -> dict[str, str]:
    """Return the words of everything that may be chosen: options, ratings or piles, by code."""
    match question:
        case OneOf():
            return {option.code: option.label for option in question.options}
        case Grid():
            return {column.code: column.label for column in question.columns}
        case CardSort():
            return {pile.code: pile.label for pile in question.piles}
        case _:
            return {}


def choice_named(question: AnyQuestion, text: str, aliases: Aliases) -> str | None:
    """Return the choice that a cell names: by code, words, agreed name or score; None if none."""
    said = plain(text)
    choices = choices_of(question)
    agreed = {plain(name): code for name, code in aliases.items()}
    if said in agreed or said in choices:
        return agreed.get(said, said)
    named = {plain(label): code for code, label in choices.items()}
    scored = question.scores if isinstance(question, Grid) else {}
    by_score = {str(score): code for code, score in scored.items()}
    return named.get(said) or by_score.get(said)


def read_parts(question: Parted, cells: Mapping[str, str], aliases: Aliases) -> tuple[str, ...]:
    """Return what the columns of a question's parts say, for `read_answer` to take or refuse.

    What names no choice stays as it is, so that it is refused and nothing is guessed.
    """
    filled = {part: cells[part] for part in parts_of(question) if cells.get(part, "").strip()}
    if isinstance(question, Pair):
        return _read_both(tuple(filled[part] for part in (START, END) if part in filled))
    chosen = {part: choice_named(question, text, aliases) for part, text in filled.items()}
    kept = {part: code or filled[part] for part, code in chosen.items() if code != LEAVE_OUT}
    if isinstance(question, Ranking):
        return tuple(f"{place}.{code}" for place, code in kept.items())
    return tuple(rating(part, code) for part, code in kept.items())


def _read_both(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return what two cells say; one alone that says both ("40 85") is none of the two."""
    is_alone = len(texts) == 1 and find_percent(texts[0]) is None
    return texts * 2 if is_alone else texts


def read_whole(question: Grid | CardSort, text: str, aliases: Aliases) -> tuple[str, ...]:
    """Return what one cell says of every part, such as "Food: I want more; Play: I have this"."""
    codes = {plain(label): part for part, label in parts_of(question).items()}
    said = []
    for line in whole_lines(text):
        part, choice = named_in(line)
        code = codes.get(plain(part), part.strip())
        found = choice_named(question, choice, aliases)
        if found != LEAVE_OUT:
            said.append(rating(code, found or choice.strip()))
    return tuple(said)


def whole_lines(text: str) -> Sequence[str]:
    """Return what a cell with several parts in it says of each."""
    lines = text.replace("\n", ";").replace("|", ";").split(";")
    return [line.strip() for line in lines if line.strip()]


def named_in(line: str) -> tuple[str, str]:
    """Return a part and its choice, from "Food: I want more" or from "food.more"."""
    part, between, choice = line.rpartition(":")
    return (part, choice) if between else (line.partition(".")[0], line.partition(".")[2])


def part_at_fault(question: Parted, cells: Mapping[str, str], aliases: Aliases) -> str:
    """Return the part that cannot be read; else one that is empty; else nothing."""
    for part in parts_of(question):
        text = cells.get(part, "").strip()
        if not text:
            continue
        is_percent = isinstance(question, Pair)
        read = find_percent(text) if is_percent else choice_named(question, text, aliases)
        if read is None:
            return part
    return next((part for part in parts_of(question) if not cells.get(part, "").strip()), "")
