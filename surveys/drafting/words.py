"""What the author's desk calls each field and each kind of question, in plain words."""

import re
from collections.abc import Mapping

KIND_NAMES: Mapping[str, str] = {
    "choice": "Choose one",
    "several": "Choose any",
    "scale": "A scale, such as agree to disagree",
    "faces": "Faces",
    "free_text": "Their own words",
    "short_text": "A few words",
    "number": "A number",
    "percent": "A percentage",
    "date": "A date, or part of one",
    "time": "A time of day",
    "postcode": "A postcode (only its first half is kept)",
    "ranking": "Put in order",
    "grid": "Several questions with the same answers",
    "picture_choice": "Choose a picture",
    "picture_several": "Choose any pictures",
    "card_sort": "Sort cards",
    "pair": "Start and end",
    "photo": "A photo",
    "drawing": "A drawing",
    "voice_note": "A voice note",
    "file": "A file",
    "information": "A page to read, with nothing to answer",
    "consent": "Ask for consent",
}
KIND_HINTS: Mapping[str, str] = {
    "choice": "One answer from a list",
    "several": "Tick all that apply",
    "scale": "One answer from a list in order",
    "faces": "Up to five faces, each with its word",
    "free_text": "A box with room for as much as they like",
    "short_text": "One line",
}
LABELS: Mapping[str, str] = {
    "about": "The start page",
    "ask_if": "Ask only if …",
    "audience": "Who it is for",
    "code": "Short name",
    "exclusive": "Goes with no other answer, like “None of these”",
    "fewest": "Fewest answers",
    "highest": "Highest",
    "hint": "Hint",
    "intro": "Lead-in",
    "joins": "May people keep their answers together with a code?",
    "label": "Words",
    "lowest": "Lowest",
    "max_chars": "Most characters",
    "minutes": "How many minutes it takes",
    "most": "Most answers",
    "name_as": "What a name in a quote becomes",
    "on_screen": "Words for a screen, where they differ from the paper form",
    "options": "Answers to choose from",
    "paper": "How to answer on paper",
    "phone": "How to answer by phone",
    "precision": "How much of the date",
    "printed_note": "Words for the paper form only",
    "printed_number": "Number on the paper form",
    "reconstructed": "The wording is ours, not the paper’s",
    "keeps": "How much of the postcode is kept",
    "reason": "Why the whole postcode is kept",
    "wards": "The wards, by how their postcodes begin",
    "required": "People have to answer this",
    "section": "Section",
    "service": "Service that it asks about",
    "sides": "The sides of a family’s code, such as the child and the parent",
    "source": "Where the wording comes from",
    "specify": "Asks for words as well, like “Other, please say”",
    "symbol": "Symbol",
    "text": "Question",
    "thanks": "Thank-you words at the end",
    "title": "Title",
    "wall": "Whose answers may never meet those of the other side",
    "what": "What it is about",
    "what_happens": "What happens with the answers, and when",
    "who_for": "Who should answer",
    "who_reads": "Who reads the answers",
    "why": "Why you ask",
    "worry": "Choosing this may mean that somebody needs help",
}
HINTS: Mapping[str, str] = {
    "code": "Heads the column in a spreadsheet. Small letters, digits and _. "
    "Best left alone once people have answered.",
    "reason": "Your entry in the privacy register. Everybody reads it before they answer.",
    "hint": "Help with answering, in one short sentence.",
    "intro": "Read before the question.",
    "joins": "Nobody has to use a code. Without one, nothing that they say is joined.",
    "on_screen": "For words that point at the paper, such as “see page two”. "
    "What you leave empty stays.",
    "printed_note": "Such as “please circle”. Never shown on a screen.",
    "required": "Leave this open if you can: people stop at questions they cannot pass.",
    "section": "A heading over this question and the next ones with the same section.",
    "service": "Such as “Reviewing Officers”. What people write stands under it, across surveys.",
    "symbol": "An emoji, shown beside the words.",
    "thanks": "Shown when the answers have been sent in.",
    "who_reads": "In plain words: people decide by this how open they are.",
    "text": "Ask one thing, in words that your readers use.",
    "wall": "A survey for victims is kept apart already, whatever stands here.",
}
VALUES: Mapping[str, str] = {
    "adult": "Adults",
    "day": "Day, month and year",
    "family": "Yes, a code for a child and their parents",
    "month": "Month and year",
    "person": "Yes, everybody a code of their own",
    "victim": "Victims of crime",
    "year": "Year only",
    "young": "Children and young people",
    "young_person": "Young people in restorative justice",
}
# Texts that may be longer than a line.
LONG = frozenset(
    {"text", "intro", "what", "why", "who_for", "what_happens", "who_reads", "paper", "phone",
     "thanks", "note", "printed_note", "description", "alternative", "body"}
)  # fmt: skip


_KEY = re.compile(r"`(\w+)(?:: true)?`")
_RULE = re.compile(r"add ask_if: \{not: \{question: (\w+), is: (\w+)\}\}")
_RULE_WORD = re.compile(r"`?ask_if`?")


def label_of(name: str) -> str:
    """Return what the desk calls a key of a survey file."""
    return LABELS.get(name, name.replace("_", " ").strip().capitalize())


def in_desk_words(message: str) -> str:
    """Return what a check says of a survey file in the words that the desk has for its keys."""
    told = _RULE.sub(r"under “Ask only if …”, say that the answer to \1 is not “\2”", message)
    told = _KEY.sub(lambda found: f"“{label_of(found[1])}”", told)
    return _RULE_WORD.sub("“Ask only if …”", told)
