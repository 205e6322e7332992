"""Briefings: everything a leadership meeting needs about one consultation, and nothing else."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from voice.clock import day_in_words
from voice.models import Consultation, Outcome, Theme
from voice.reports.briefing import Briefing, BriefQuestion, BriefTheme
from voice.reports.figures import ROUNDING, QuestionFigures
from voice.services import outcomes, results, telling, theme_views, themes
from voice.services.consultations import current_survey
from voice.services.gathered_themes import HeardIn
from voice.services.priorities import list_priorities
from voice.services.results import Arrivals
from voice.services.theme_views import QuestionThemes, SaidMore, ThemeView

HEADLINE_FIGURES = 3
HEADLINE_THEMES = 3
MOST_DECISIONS = 7  # asked of one meeting
SMALL = "Only {base} wrote here: so few cannot speak for everybody, and might be recognised."


def write_briefing(
    session: Session, consultation: Consultation, *, council: str, now: datetime
) -> Briefing:
    """Return the briefing as things stand at `now`: only themes that were signed off are in it."""
    arrivals = results.count_arrivals(session, consultation)
    figures = results.question_figures(session, consultation)
    found = [
        theme_views.read_themes(session, consultation, question.code)
        for question in themes.free_text_questions(consultation)
    ]
    brief = tuple(_brief_question(session, each) for each in found)
    published = outcomes.list_of_consultation(session, consultation)
    return Briefing(
        title=f"{consultation.title}: what people told us",
        council=council,
        made_on=day_in_words(now),
        period=_period(consultation, now),
        demonstration=consultation.demonstration,
        responses=arrivals.counting,
        respondents=arrivals.counting_respondents,
        invited=consultation.invited,
        rate=arrivals.rate,
        channels=arrivals.by_channel,
        headlines=(
            *_headlines(arrivals, figures, brief, _who(consultation, arrivals)),
            *(f"{each.name}: {each.in_words}." for each in list_priorities(session, consultation)),
        ),
        questions=figures,
        themes=brief,
        outcomes=tuple((each.you_said, _answer_words(each)) for each in published),
        decisions=_decisions(brief),
        decisions_later=tuple(_named(each) for each in _waiting(brief)[MOST_DECISIONS:]),
        method=_method(arrivals, found),
    )


def _period(consultation: Consultation, now: datetime) -> str:
    opened, closes = day_in_words(consultation.opens_at), day_in_words(consultation.closes_at)
    if consultation.is_open(now):
        return f"Open since {opened}; it closes on {closes}, so figures may still change."
    return f"Open from {opened} to {closes}."


def _brief_question(session: Session, found: QuestionThemes) -> BriefQuestion:
    return BriefQuestion(
        code=found.code,
        text=found.text,
        base=found.base,
        themes=tuple(_brief_theme(session, view) for view in found.signed_off),
        not_signed_off=len(found.shown) - len(found.signed_off),
        removed=found.removed,
        heard=tuple(line for one in found.heard for line in _heard_words(one)),
        warning=SMALL.format(base=found.base) if found.is_small else "",
        version=found.version.words if found.version else "",
        standing=found.standing.sentence if found.signed_off else "",
    )


def _brief_theme(session: Session, view: ThemeView) -> BriefTheme:
    theme = session.get_one(Theme, view.id)
    outcome = outcomes.find_live(session, theme)
    return BriefTheme(
        label=view.label,
        people=view.people,
        tones=view.tones,
        quotes=view.quotes if not view.is_too_small_to_publish else (),
        said_more_by=tuple(map(_said_more_words, view.said_more_by)),
        answered=_answer_words(outcome) if outcome else "",
        speaking=view.speaking,
        heard=tuple(f"Raised too at: {one.words}." for one in view.heard),
        is_indicative=view.is_indicative,
        said_by=tuple(quote.who for quote in view.quoted),
    )


def _heard_words(one: HeardIn) -> Iterator[str]:
    """Give each thing said at a gathering: what was only reported is never in quotation marks."""
    for words in one.quotes:
        yield f"{one.words}: “{words}”"
    for words in one.reported:
        yield f"{one.words}, reported: {words}"


def _answer_words(outcome: Outcome) -> str:
    return f"{telling.ANSWERS[outcome.kind]}: {outcome.we_did}"


def _said_more_words(more: SaidMore) -> str:
    return (
        f"Said more by those who answered “{more.group.label}” to “{more.question}”: "
        f"{more.group.words}; everybody else {more.others.words}."
    )


def _headlines(
    arrivals: Arrivals,
    figures: Sequence[QuestionFigures],
    brief: Sequence[BriefQuestion],
    who: str,
) -> tuple[str, ...]:
    """Return who answered, the first figures and the largest themes, each with its base."""
    lines = [f"{who} answered (n = {arrivals.counting}). {arrivals.rate_words}."]
    ratings_first = sorted(figures, key=lambda each: each.together is None)
    first = [(each.text, each.headline) for each in ratings_first if each.base and each.headline]
    lines += [f"{text} “{most.label}”: {most.words}." for text, most in first[:HEADLINE_FIGURES]]
    every = [theme for question in brief for theme in question.themes]
    every.sort(key=lambda theme: -theme.people.count)
    lines += [f"Theme: {one.label}: {one.how_many}." for one in every[:HEADLINE_THEMES]]
    return tuple(lines)


def _who(consultation: Consultation, arrivals: Arrivals) -> str:
    """Return how many stand behind the figures, in the survey's own unit."""
    return current_survey(consultation).unit.count(arrivals.counting)


def _decisions(brief: Sequence[BriefQuestion]) -> tuple[str, ...]:
    """Return what a leader is asked to decide now: on the themes that most people raise."""
    if not any(question.themes for question in brief):
        return ("To note. No theme has been signed off yet, so there is none to decide on.",)
    waiting = _waiting(brief)
    if not waiting:
        return ("To note. Every theme that was signed off has been answered.",)
    return tuple(
        f"Decide what to do about {_named(theme)}, so that the people who said it can be told."
        for theme in waiting[:MOST_DECISIONS]
    )


def _waiting(brief: Sequence[BriefQuestion]) -> list[BriefTheme]:
    """Return the signed-off themes that nobody has answered, those of most people first."""
    signed_off = (theme for question in brief for theme in question.themes)
    waiting = (theme for theme in signed_off if not theme.answered)
    return sorted(waiting, key=lambda theme: -theme.people.count)


def _named(theme: BriefTheme) -> str:
    return f"“{theme.label}” ({theme.how_many})"


def _method(arrivals: Arrivals, found: Sequence[QuestionThemes]) -> tuple[str, ...]:
    models = sorted({each.analysis.model for each in found if each.analysis is not None})
    lines = [
        ROUNDING,
        "“Withheld” stands for 1 to 4 people: so few could be recognised. Numbers under 10 are for "
        "use inside the council; do not publish them.",
        "The people who answered chose to: they may differ from those who did not.",
    ]
    if arrivals.late_waiting:
        lines.append(f"{arrivals.late_waiting} responses came too late and are not counted.")
    if models:
        lines += [
            f"Themes were found on our own machines by {', '.join(models)}, then read, named and "
            "signed off by a person. One answer may raise several themes.",
            "Tone counts feeling words and knows no context: a first impression over many people, "
            "never a verdict on one.",
            "Personal details in quotes are replaced, such as by [name]. Answers that raised a "
            "safeguarding concern are neither counted in themes nor quoted.",
        ]
    return tuple(lines)
