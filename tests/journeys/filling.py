"""How somebody fills in a page of questions: each field by its label."""


def fill_in(page, fields, *, code=""):
    """Fill in or tick each field by its label, or by "group / label"; of question `code`, if given.

    True and False tick and untick, a pair is the name and the content of a file.
    """
    of_question = page.locator(f"[name='{code}'], [name^='{code}-']") if code else None
    for label, given in fields.items():
        group, _, name = label.rpartition(" / ")
        around = page.get_by_role("group", name=group, exact=True) if group else page
        if isinstance(given, bool):
            radio, box = (
                around.get_by_role(r, name=name, exact=True) for r in ("radio", "checkbox")
            )
            field = radio.or_(box)
        else:
            field = around.get_by_label(name, exact=True)
        _fill(field if of_question is None else field.and_(of_question), given)


def _fill(field, given):
    if isinstance(given, tuple):
        called, body = given
        kind = "application/octet-stream"
        field.set_input_files({"name": called, "mimeType": kind, "buffer": body})
    elif isinstance(given, bool):
        field.set_checked(given)
    elif field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(given)
    else:
        field.fill(given)
