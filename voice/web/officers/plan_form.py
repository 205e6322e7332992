"""The form of a plan: what it asks, for whom, when, why, and when it will be decided."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from voice.clock import LONDON, in_london
from voice.models import Consultation, ConsultationKind
from voice.services.planning import MAX_SLUG_CHARS, Plan
from voice.web.officers.informing import REFUSALS as INFORMATION_REFUSALS
from voice.web.officers.moment_fields import (
    DAY_PARTS,
    NOT_A_DAY,
    TypedMoment,
    read_day,
    read_moment,
    typed_day,
    write_day,
    write_moment,
)

LAST_MINUTE = time(23, 59)
USUAL_DAYS = 42
TEXTS = ("survey", "slug", "team", "kind", "invited", "reasons", "options", "documents", "previous")
KINDS = (
    (
        ConsultationKind.PUBLIC.value,
        "A public consultation",
        "A decision depends on it. It needs reasons, options, documents and the decision’s date.",
    ),
    (
        ConsultationKind.FEEDBACK.value,
        "A feedback survey",
        "How a service was for people. No decision waits for it.",
    ),
)
REFUSALS = {
    "survey missing": "Choose what to ask",
    "slug wrong": f"Write an address of up to {MAX_SLUG_CHARS} small letters, numbers and single "
    "hyphens, like early-help-2017",
    "slug taken": "There is a consultation at this address already. Choose another",
    "team wrong": "Write the name of the team whose officers read the answers",
    "closes early": "It must close after it opens",
    "invited wrong": "Write how many people are asked as a whole number, or leave it empty",
    "reasons long": "Shorten this to 20,000 characters, and link to a document for the rest",
    "options long": "Shorten this to 20,000 characters, and link to a document for the rest",
    "documents wrong": INFORMATION_REFUSALS["documents wrong"],
    "documents many": INFORMATION_REFUSALS["documents many"],
    "previous unknown": "Choose one of the consultations in the list",
}


@dataclass(frozen=True, slots=True)
class TypedPlan:
    """The form as it was typed; `plan` is None where something in it cannot be read."""

    texts: dict[str, str]
    opens: TypedMoment
    closes: TypedMoment
    decision_day: dict[str, str]
    errors: dict[str, str]
    plan: Plan | None = None


def empty_plan(team: str, survey: str, *, now: datetime) -> TypedPlan:
    """Return the form as it begins: from tomorrow, for six weeks."""
    first = in_london(now).date() + timedelta(days=1)
    last = first + timedelta(days=USUAL_DAYS - 1)
    texts = dict.fromkeys(TEXTS, "") | {"survey": survey, "team": team}
    return TypedPlan(
        texts=texts,
        opens=write_moment(datetime.combine(first, time.min, LONDON)),
        closes=write_moment(datetime.combine(last, LAST_MINUTE, LONDON)),
        decision_day=dict.fromkeys(DAY_PARTS, ""),
        errors={},
    )


def plan_of(consultation: Consultation) -> TypedPlan:
    """Return the form with the plan that was kept."""
    invited, day = consultation.invited, consultation.decision_on
    return TypedPlan(
        texts={
            "survey": consultation.survey_code,
            "slug": consultation.slug,
            "team": consultation.team,
            "kind": consultation.kind.value,
            "invited": "" if invited is None else str(invited),
            "reasons": consultation.reasons,
            "options": consultation.options,
            "documents": "\n".join(consultation.documents),
            "previous": consultation.previous,
        },
        opens=write_moment(consultation.opens_at),
        closes=write_moment(consultation.closes_at),
        decision_day=write_day(day) if day else dict.fromkeys(DAY_PARTS, ""),
        errors={},
    )


def read_plan(form: Mapping[str, str], *, slug: str = "", team: str) -> TypedPlan:
    """Return what was typed; the slug stays as it was, and the team is the officer's if none is."""
    texts = {name: form.get(name, "") for name in TEXTS}
    texts["slug"] = slug or texts["slug"].strip()
    texts["team"] = texts["team"].strip() or team
    opens, closes = read_moment(form, "opens"), read_moment(form, "closes")
    day = typed_day(form, "decision")
    typed = TypedPlan(texts, opens, closes, day, {})
    errors = _errors(typed)
    if errors or opens.moment is None or closes.moment is None:
        return replace(typed, errors=errors)
    plan = Plan(
        slug=texts["slug"],
        team=texts["team"],
        opens_at=opens.moment,
        closes_at=closes.moment,
        kind=ConsultationKind(texts["kind"]),
        invited=int(texts["invited"]) if texts["invited"].strip() else None,
        reasons=texts["reasons"],
        options=texts["options"],
        documents=texts["documents"],
        decision_on=read_day(day),
        previous=texts["previous"],
    )
    return replace(typed, plan=plan)


def _errors(typed: TypedPlan) -> dict[str, str]:
    """Return what cannot be read, by its field."""
    wrong: dict[str, str] = {}
    if typed.texts["kind"] not in {kind.value for kind in ConsultationKind}:
        wrong["kind"] = "Choose what kind it is"
    if typed.opens.error:
        wrong["opens"] = typed.opens.error
    if typed.closes.error:
        wrong["closes"] = typed.closes.error
    if any(typed.decision_day.values()) and read_day(typed.decision_day) is None:
        wrong["decision"] = NOT_A_DAY
    invited = typed.texts["invited"].strip()
    if invited and not (invited.isascii() and invited.isdigit()):
        wrong["invited"] = REFUSALS["invited wrong"]
    return wrong
