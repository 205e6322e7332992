"""The papers of a consultation in the forms that meetings use, all from the same plain values.

Source: the county's own papers; each head stands there word for word.
"""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from voice.analysis.suppression import PUBLIC_SMALLEST_COUNT
from voice.clock import date_in_words
from voice.models import Consultation
from voice.reports.briefing import Briefing, BriefTheme
from voice.reports.handout import Handout, HandoutPart, HandoutTable
from voice.services import answer_board, considering, outcomes, telling
from voice.services.consultations import current_survey
from voice.services.voice_measures import VoiceMeasure, days_to_answer, read_voice_measures

TO_FILL_IN = "to be filled in"
MOST_QUOTES = 3
DIGEST_WORDS = 150
DIGEST_QUOTES = 2
TOP_THEMES = 5


def write_select_committee(
    session: Session, consultation: Consultation, brief: Briefing
) -> Handout:
    """Return the report with the cover and heads that every Select Committee report has."""
    return _handout(
        consultation,
        brief,
        "Report to the Select Committee",
        (
            HandoutPart("Purpose of Agenda Item", _purpose(brief)),
            HandoutPart("Background", _background(consultation, brief)),
            HandoutPart("Summary", brief.headlines),
            HandoutPart("Key issues", tuple(_numbered(_top(brief)))),
            HandoutPart("Resource implications", (f"{TO_FILL_IN.capitalize()} by the author.",)),
            HandoutPart("Next steps", _next_steps(session, consultation, brief)),
            HandoutPart("Appendices", ("Counts of every question, and how we count.",)),
        ),
        cover=(
            ("Title:", consultation.title),
            ("Committee date:", TO_FILL_IN),
            ("Author:", TO_FILL_IN),
            ("Contact officer:", TO_FILL_IN),
            ("Cabinet Member sign-off:", TO_FILL_IN),
        ),
    )


def write_board_report(session: Session, consultation: Consultation, brief: Briefing) -> Handout:
    """Return the report with the cover and heads of the Health and Wellbeing Board."""
    return _handout(
        consultation,
        brief,
        "Report to the Health and Wellbeing Board",
        (
            HandoutPart("Purpose of this report:", _purpose(brief)),
            HandoutPart("Summary of main issues:", (*brief.headlines, *_top(brief))),
            HandoutPart("Recommendation for the Health and Wellbeing Board:", brief.decisions),
            HandoutPart("Background documents:", tuple(consultation.documents) or ("None.",)),
        ),
        cover=(
            ("Title", consultation.title),
            ("Date", brief.made_on),
            ("Report of:", brief.council),
            ("Lead contacts:", TO_FILL_IN),
        ),
    )


def write_impact_box(session: Session, consultation: Consultation, brief: Briefing) -> Handout:
    """Return the Evidence of Impact box: at most three quotes with who speaks, and the numbers."""
    heading = f"Evidence of Impact: {consultation.title}"
    quotes = tuple(_attributed(brief))[:MOST_QUOTES]
    paragraph = " ".join((f"{brief.who_answered}", *brief.headlines[1:]))
    return _handout(
        consultation,
        brief,
        heading,
        (
            HandoutPart("What people said", quotes),
            HandoutPart("The numbers", (paragraph,)),
            HandoutPart("Next Steps", _next_steps(session, consultation, brief)),
        ),
    )


def write_audit_box(session: Session, consultation: Consultation, brief: Briefing) -> Handout:
    """Return the Learning from Audits box: why, what was found, next steps, what has improved."""
    every = [theme for question in brief.themes for theme in question.themes]
    good = tuple(_figure_line(each) for each in every if _leaning(each) > 0)
    weak = tuple(_figure_line(each) for each in every if _leaning(each) < 0)
    found = (
        *(f"Strength: {each}" for each in good),
        *(f"Area for development: {each}" for each in weak),
    )
    done = tuple(answer for _, answer in brief.outcomes if answer.startswith("We did"))
    return _handout(
        consultation,
        brief,
        "Learning from Audits",
        (
            HandoutPart("Why did we do it?", _background(consultation, brief)),
            HandoutPart("What did we find?", tuple(found)),
            HandoutPart("Next steps?", _next_steps(session, consultation, brief)),
            HandoutPart("What improvements have taken place?", done),
        ),
    )


def write_digest(session: Session, consultation: Consultation, brief: Briefing) -> Handout:
    """Return 150 words at most with two safe quotes at most, for a newsletter (I8)."""
    quotes = tuple(_attributed(brief))[:DIGEST_QUOTES]
    answers = (f"You said: {said} {answer}" for said, answer in brief.outcomes)
    lines, left = [], DIGEST_WORDS
    for words in (brief.who_answered, *_top(brief), *quotes, *answers):
        if len(words.split()) <= left:
            lines.append(words)
            left -= len(words.split())
    return _handout(
        consultation, brief, "In brief", (HandoutPart("What people told us", tuple(lines)),)
    )


def write_young_version(session: Session, consultation: Consultation, brief: Briefing) -> Handout:
    """Return what young people are told: short words, the commonest themes, and what happens."""
    told = tuple(
        f"You said: {said} We: {did}"
        for said, did in (
            telling.words_for(each, is_young=True)
            for each in outcomes.list_of_consultation(session, consultation)
        )
    )
    return _handout(
        consultation,
        brief,
        "What you told us",
        (
            HandoutPart("What we asked", (current_survey(consultation).about.why,)),
            HandoutPart("Who told us", (f"{brief.responses} of you.",)),
            HandoutPart("What you said", tuple(_top_for_the_young(brief))),
            HandoutPart("What we do now", told),
        ),
    )


def write_performance(session: Session, consultation: Consultation, brief: Briefing) -> Handout:
    """Return the measures of voice as a performance table with its tolerances printed (I4)."""
    measures = read_voice_measures(session, consultation)
    good = tuple(each for each in measures if each.rating == "Green")
    low = tuple(each for each in measures if each.rating in {"Amber", "Red"})
    none = tuple(each for each in measures if each.rating == "No rating")
    days = days_to_answer(session, consultation)
    waited = "nothing is answered yet" if days is None else f"{days:.0f} (the middle one)"
    return _handout(
        consultation,
        brief,
        "Performance: the voice of those we serve",
        (
            HandoutPart("At a glance", (
                f"Total number of measures with a RAG: {len(good) + len(low)}.",
                f"Measures where data currently unavailable: {len(none)}.",
                f"Days from signing a theme off to its first answer: {waited}.",
            )),
            HandoutPart("Key areas of good performance", table=_measures(good)),
            HandoutPart("All areas of lower than expected performance (Red or Amber)",
                        table=_measures(low)),
            HandoutPart("Measures where data currently unavailable", table=_measures(none)),
        ),
        is_wide=True,
    )  # fmt: skip


def write_measure_cards(session: Session, consultation: Consultation, brief: Briefing) -> Handout:
    """Return a card for each measure: target, position, definition and commentary."""
    cards = tuple(map(_card, read_voice_measures(session, consultation)))
    return _handout(consultation, brief, "Measures of voice, card by card", cards)


def _card(measure: VoiceMeasure) -> HandoutPart:
    return HandoutPart(measure.name, (
        f"LA target: {measure.target}%, good to be high {measure.tolerance}",
        f"Current position: {measure.position}. {measure.rating}",
        f"Definition: {measure.definition}",
        f"Numerator: {measure.numerator}. Denominator: {measure.denominator}.",
        f"Commentary: {_commentary(measure)}",
    ))  # fmt: skip


def _measures(measures: tuple[VoiceMeasure, ...]) -> HandoutTable:
    head = ("Measure", "Good to be", "Target", "Current position", "Commentary", "RAG")
    rows = tuple(
        (
            each.name,
            "High",
            f"{each.target}% {each.tolerance}",
            each.position,
            _commentary(each),
            each.rating,
        )
        for each in measures
    )
    return HandoutTable("Measures of voice", head, rows, tuple(each.colour for each in measures))


def _commentary(measure: VoiceMeasure) -> str:
    if measure.rating == "No rating":
        return f"{measure.why or 'Too few people to rate it'}."
    if measure.rating == "Green":
        return "On or above its target."
    return f"Below its target of {measure.target}%: say here what is done about it."


def _handout(
    consultation: Consultation,
    brief: Briefing,
    title: str,
    parts: tuple[HandoutPart, ...],
    *,
    cover: tuple[tuple[str, str], ...] = (),
    is_wide: bool = False,
) -> Handout:
    return Handout(
        title=title if consultation.title in title else f"{consultation.title}: {title}",
        council=brief.council,
        made_on=brief.made_on,
        demonstration=brief.demonstration,
        parts=parts,
        notes=(f"{brief.rate_words}.", *brief.method[:2]),
        cover=cover,
        is_wide=is_wide,
    )


def _purpose(brief: Briefing) -> tuple[str, ...]:
    is_asked = any(words.startswith("Decide") for words in brief.decisions)
    return ("Decision. Members are asked to:", *brief.decisions) if is_asked else ("Information.",)


def _background(consultation: Consultation, brief: Briefing) -> tuple[str, ...]:
    said = (current_survey(consultation).about.why, consultation.reasons)
    return (*(words.strip() for words in said if words.strip()), brief.period, brief.who_answered)


def _top(brief: Briefing) -> Iterator[str]:
    yield from map(_figure_line, _largest(brief))


def _top_for_the_young(brief: Briefing) -> Iterator[str]:
    """Give the same without a percentage, and without a number that is too small to publish."""
    for theme in _largest(brief):
        people = theme.people
        is_small = people.count < PUBLIC_SMALLEST_COUNT
        how_many = "a few" if is_small else f"{people.count} of {people.base}"
        yield f"{theme.label}: {how_many} of you."


def _largest(brief: Briefing) -> list[BriefTheme]:
    every = [theme for question in brief.themes for theme in question.themes]
    return sorted(every, key=lambda theme: -theme.people.count)[:TOP_THEMES]


def _figure_line(theme: BriefTheme) -> str:
    return f"{theme.label}: {theme.how_many}."


def _numbered(lines: Iterator[str]) -> Iterator[str]:
    for number, words in enumerate(lines, start=1):
        yield f"{number}. {words}"


def _leaning(theme: BriefTheme) -> int:
    counts = {tone.label: tone.count for tone in theme.tones}
    return 0 if theme.people.is_withheld else counts.get("positive", 0) - counts.get("negative", 0)


def _attributed(brief: Briefing) -> Iterator[str]:
    """Give the first quote of each of the largest themes, with who speaks."""
    every = [theme for question in brief.themes for theme in question.themes if theme.quotes]
    every.sort(key=lambda theme: -theme.people.count)
    for theme in every:
        who = theme.said_by[0] if theme.said_by and theme.said_by[0] else "somebody who answered"
        yield f"“{theme.quotes[0]}” (Feedback from {who[0].lower()}{who[1:]})"


def _next_steps(session: Session, consultation: Consultation, brief: Briefing) -> tuple[str, ...]:
    day = consultation.decision_on
    awaited = day is not None and not considering.is_decided(session, consultation)
    promise = answer_board.find_promise(session, consultation)
    steps = (
        f"{date_in_words(day)}: a decision is due." if day and awaited else "",
        f"{date_in_words(promise.promised_on)}: every theme is answered." if promise else "",
        *(
            f"{date_in_words(each.due_on)}: {each.we_did}{f' ({each.owner})' if each.owner else ''}"
            for each in outcomes.list_of_consultation(session, consultation)
            if each.is_interim and each.due_on
        ),
    )
    return tuple(words for words in steps if words) or brief.decisions
