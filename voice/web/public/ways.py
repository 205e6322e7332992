"""How somebody would like to be asked who has not begun: the way and the language in the address.

A poster or a link can carry them: `/consultations/bus?way=pictures&language=cy`.
"""

from collections.abc import Mapping
from typing import Any

from flask import request

from surveys.catalogue import offered_languages
from surveys.engine import Survey
from surveys.fitting import Setting
from surveys.variants import Variant, suggested
from voice.models import Channel, Consultation
from voice.services import papers
from voice.services.consultations import begun_now, current_survey
from voice.web.languages import (
    ENGLISH,
    choose_language,
    chosen_language,
    language_before,
    speak,
)

MAX_AGE_CHARS = 3
# What a question's page carries; no question's code has a hyphen.
WAY, LANGUAGE = "came-way", "came-language"


def newcomers_survey(consultation: Consultation) -> Survey:
    """Return the survey as somebody who begins now is asked it, as the address says."""
    return begun_now(consultation, newcomers_setting(consultation))


def spoken_survey(consultation: Consultation) -> Survey:
    """Return the same, and let the page that is drawn now speak its language."""
    survey = newcomers_survey(consultation)
    speak(survey.language)
    return survey


def newcomers_setting(consultation: Consultation) -> Setting:
    """Return the way and the language that the form or the address names, where there are such.

    Where they name no language, it is the one chosen on the pages before.
    """
    survey = current_survey(consultation)
    form, address = _sent(), request.args
    way = form.get(WAY) or form.get("way") or address.get("way", "")
    language = form.get(LANGUAGE) or form.get("language") or address.get("language")
    if not language and (chosen := chosen_language()) != ENGLISH:
        language = chosen
    return known_setting(survey, way, language or "")


def _sent() -> Mapping[str, str]:
    """Return the form that was sent in; what comes with a mere look is nobody's wish."""
    return request.form if request.method == "POST" else {}


def known_setting(survey: Survey, way: str, language: str) -> Setting:
    """Return these as a setting; the first variant and the survey's language for strangers."""
    variant = survey.variant(way)
    return Setting(
        channel=Channel.WEB.value,
        variant=variant.code if variant is not None else "",
        language=language if language in survey.languages else "",
    )


def ways_in_order(survey: Survey) -> tuple[tuple[Variant, bool], ...]:
    """Return the variants, the one that suits this person first and marked, if we were told."""
    age = request.args.get("age", "").strip()
    years = int(age) if age.isascii() and age.isdigit() and len(age) <= MAX_AGE_CHARS else None
    needs_pictures = bool(request.args.get("pictures"))
    if years is None and not needs_pictures:
        return tuple((each, False) for each in survey.variants)
    best = suggested(survey.variants, age=years, needs_pictures=needs_pictures)
    return tuple(
        (each, each is best) for each in sorted(survey.variants, key=lambda each: each is not best)
    )


def ways_offered(survey: Survey) -> dict[str, Any]:
    """Return what a page passes to its template on which somebody chooses how to answer."""
    wanted = chosen_way(survey) if "way" in request.args else None
    return {
        "ways": ways_in_order(survey),
        "way": wanted.code if wanted is not None else "",
        "pressed": _sent().get("way", ""),
    }


def asked_for() -> dict[str, Any]:
    """Return the way and the language that were asked for, to be kept in the links of a page."""
    asked = {name: request.args[name] for name in ("way", "language") if request.args.get(name)}
    chosen = chosen_language()
    return asked if chosen == ENGLISH else {"language": chosen} | asked


def told() -> dict[str, Any]:
    """Return all that we were told of how to ask, and before which meeting, for the next page."""
    names = ("way", "language", "age", "pictures", "meeting")
    form = _sent()
    found = {name: form.get(name) or request.args.get(name, "") for name in names}
    return {name: value for name, value in found.items() if value}


def speak_to_worker() -> str:
    """Let this page speak the language of a worker who helps, and return it.

    They may read another than the one they begin in, which the address names. It is kept for them.
    """
    mine = request.values.get("mine", "")
    if mine not in offered_languages():
        mine = ENGLISH if "language" in told() else language_before()
    speak(mine)
    choose_language(mine)
    return mine


def chosen_way(survey: Survey) -> Variant | None:
    """Return the way that was chosen already, here or on another page; None if there is none."""
    wanted = told().get("way")
    return next((each for each in survey.variants if each.code == wanted), None)


def papers_survey(consultation: Consultation) -> Survey:
    """Return the survey to print, in the way and language that the address asks for, if any."""
    survey, asked = current_survey(consultation), asked_for()
    if not asked:
        return survey
    setting = known_setting(survey, asked.get("way", ""), asked.get("language", ""))
    return begun_now(consultation, setting._replace(channel=Channel.PAPER.value))


def printed_as(consultation: Consultation) -> str:
    """Return the way and language of the form to print, for whoever types it in; empty if one."""
    survey, asked = current_survey(consultation), asked_for()
    chosen = papers.printed_as(
        survey, variant=asked.get("way", ""), language=asked.get("language", "")
    )
    return " · ".join(chosen)
