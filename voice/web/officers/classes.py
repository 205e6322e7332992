"""Classes: the teacher's address of each school, and what each year group chose most."""

from flask import render_template
from flask.typing import ResponseReturnValue

from voice.services import lessons
from voice.services.year_groups import by_year_group
from voice.web.access import EDITOR_ROLES, open_to
from voice.web.addresses import whole_address
from voice.web.officers.blueprint import blueprint
from voice.web.officers.found import get_consultation
from voice.web.session import current_session, settings


@blueprint.get("/consultations/<slug>/classes")
@open_to(*EDITOR_ROLES)
def classes(slug: str) -> ResponseReturnValue:
    """Show the schools with their teacher's address, and the results of all by year group."""
    consultation = get_consultation(slug)
    secret = settings().secret_key
    schools = [
        (
            school,
            whole_address(
                "public.teach",
                link_code=school.code,
                teacher_key=lessons.teacher_key(secret, school),
            ),
        )
        for school in lessons.list_schools(current_session(), consultation)
    ]
    return render_template(
        "officers/classes.html",
        consultation=consultation,
        schools=schools,
        found=by_year_group(current_session(), consultation),
        demonstration=consultation.demonstration or None,
    )
