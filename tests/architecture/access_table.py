"""Who may open what: one line an endpoint. A route without a line here fails the build (SEC-1).

A line is `"room.view": (who may open it, who may send a form to it)`. The people are those of
`tests/architecture/world.py`. Being let in means: a page, a form with what is wrong in it, or a
redirect onward; not a redirect to sign in or to the start page, and no refusal.
"""

NOBODY = frozenset[str]()
RESPONDENTS = frozenset({"respondent A", "respondent B"})
EDITORS = frozenset({"officer", "admin"})
TEAM = EDITORS | {"analyst"}
SAFEGUARDING = frozenset({"safeguarding"})
OFFICERS = TEAM | SAFEGUARDING | {"officer of another team"}
EVERYBODY = OFFICERS | RESPONDENTS | {"anonymous"}

# Respondent A has sent the answers in, respondent B has not.
SENT = frozenset({"respondent A"})
UNSENT = frozenset({"respondent B"})

ACCESS = {
    "static": (EVERYBODY, NOBODY),
    # Pages that anybody may open.
    "public.hub": (EVERYBODY, NOBODY),
    "public.what_we_did": (EVERYBODY, NOBODY),
    "public.help_page": (EVERYBODY, NOBODY),
    "public.privacy": (EVERYBODY, NOBODY),
    "public.accessibility": (EVERYBODY, NOBODY),
    "public.cookies": (EVERYBODY, NOBODY),
    "public.health": (EVERYBODY, NOBODY),
    # Answering. Words sent by a browser that lost its key begin a response of their own.
    "public.start": (EVERYBODY, NOBODY),
    "public.declined": (EVERYBODY, NOBODY),
    "public.paper": (EVERYBODY, NOBODY),
    "public.paper_pdf": (EVERYBODY, NOBODY),
    "public.paper_document": (EVERYBODY, NOBODY),
    "public.begin": (NOBODY, EVERYBODY),
    "public.way": (RESPONDENTS, RESPONDENTS),
    "public.chat": (EVERYBODY, NOBODY),
    "public.say": (NOBODY, EVERYBODY),
    "public.come_back": (EVERYBODY, EVERYBODY),
    "public.answer": (NOBODY, EVERYBODY),
    "public.ask": (RESPONDENTS, NOBODY),
    "public.go_on": (RESPONDENTS, NOBODY),
    "public.thank_for_telling": (RESPONDENTS, RESPONDENTS),
    "public.check": (RESPONDENTS, RESPONDENTS),
    "public.sent": (SENT, NOBODY),
    "public.copy": (RESPONDENTS, NOBODY),
    "public.save": (UNSENT, UNSENT),
    "public.delete": (RESPONDENTS, RESPONDENTS),
    # Doors: short links, screens that many people use.
    "public.go": (EVERYBODY, NOBODY),
    "public.link_qr_svg": (EVERYBODY, NOBODY),
    "public.link_qr_png": (EVERYBODY, NOBODY),
    "public.poster": (EVERYBODY, NOBODY),
    "public.leave_kiosk": (EVERYBODY, EVERYBODY),
    "public.stop": (RESPONDENTS, NOBODY),
    "public.reset": (NOBODY, NOBODY),  # goes to the start page, whoever asks
    "public.join_class": (EVERYBODY, EVERYBODY),
    "public.join_lesson": (EVERYBODY, NOBODY),
    "public.begin_in_lesson": (NOBODY, EVERYBODY),
    "public.lesson_qr": (EVERYBODY, NOBODY),
    # A teacher's pages: the key in the address lets anybody in who holds it.
    "public.teach": (EVERYBODY, NOBODY),
    "public.begin_lesson": (NOBODY, EVERYBODY),
    "public.lesson_results": (EVERYBODY, NOBODY),
    "public.end_lesson": (NOBODY, EVERYBODY),
    "public.young_people": (EVERYBODY, NOBODY),
    "public.embed": (EVERYBODY, NOBODY),
    "public.judge_page": (EVERYBODY, NOBODY),
    "public.keep_judgement": (NOBODY, EVERYBODY),
    "public.help_somebody": (EVERYBODY, NOBODY),
    "public.begin_with_somebody": (NOBODY, EVERYBODY),
    # Working here.
    "officers.sign_in": (EVERYBODY, EVERYBODY),
    "officers.sign_out": (NOBODY, OFFICERS),
    "officers.home": (OFFICERS, NOBODY),
    "officers.compare": (OFFICERS - SAFEGUARDING, NOBODY),
    "officers.trend": (TEAM, NOBODY),
    "officers.set_target": (NOBODY, EDITORS),
    "officers.overview": (TEAM, NOBODY),
    "officers.closing_date": (EDITORS, NOBODY),
    "officers.change_closing_date": (NOBODY, EDITORS),
    "officers.inform": (EDITORS, NOBODY),
    "officers.publish_information": (NOBODY, EDITORS),
    "officers.publish_notice": (NOBODY, EDITORS),
    "officers.withdraw_notice": (NOBODY, EDITORS),
    "officers.decide_late": (NOBODY, EDITORS),
    "officers.follow_up": (TEAM, NOBODY),
    "officers.snippets": (TEAM, NOBODY),
    "officers.make_feedback_link": (NOBODY, EDITORS),
    "officers.classes": (EDITORS, NOBODY),
    "officers.list_links": (TEAM, NOBODY),
    "officers.make_link": (NOBODY, EDITORS),
    "officers.close_link": (NOBODY, EDITORS),
    "officers.enter": (EDITORS, NOBODY),
    "officers.save_entered": (NOBODY, EDITORS),
    "officers.results": (TEAM, NOBODY),
    "officers.raw_responses": (EDITORS, NOBODY),
    "officers.list_files": (EDITORS, NOBODY),
    "officers.download_file": (EDITORS, NOBODY),
    "officers.download_files": (EDITORS, NOBODY),
    "officers.list_themes": (TEAM, NOBODY),
    "officers.find_themes": (NOBODY, EDITORS),
    "officers.show_theme": (TEAM, NOBODY),
    "officers.rename_theme": (NOBODY, EDITORS),
    "officers.merge_theme": (NOBODY, EDITORS),
    "officers.unmerge_theme": (NOBODY, EDITORS),
    "officers.hide_theme": (NOBODY, EDITORS),
    "officers.bring_theme_back": (NOBODY, EDITORS),
    "officers.sign_off_theme": (NOBODY, EDITORS),
    "officers.publish_outcome": (NOBODY, EDITORS),
    "officers.list_outcomes": (TEAM | {"officer of another team"}, NOBODY),
    "officers.withdraw_outcome": (NOBODY, EDITORS),
    "officers.briefing": (TEAM, NOBODY),
    "officers.download_document": (TEAM, NOBODY),
    "officers.download_page": (TEAM, NOBODY),
    # The author's desk.
    "officers.list_drafts": (EDITORS | {"officer of another team"}, NOBODY),
    "officers.begin_draft": (NOBODY, EDITORS | {"officer of another team"}),
    "officers.put_draft_away": (NOBODY, EDITORS),
    "officers.show_draft": (EDITORS, NOBODY),
    "officers.add_question": (NOBODY, EDITORS),
    "officers.arrange_draft": (NOBODY, EDITORS),
    "officers.download_draft": (EDITORS, NOBODY),
    "officers.draft_question": (EDITORS, NOBODY),
    "officers.save_draft_question": (NOBODY, EDITORS),
    "officers.draft_heading": (EDITORS, NOBODY),
    "officers.save_draft_heading": (NOBODY, EDITORS),
    "officers.try_draft": (EDITORS, NOBODY),
    "officers.go_on_trying": (NOBODY, EDITORS),
    "officers.read_warning": (NOBODY, EDITORS),
    "officers.publish_draft": (EDITORS, NOBODY),
    "officers.confirm_publishing": (NOBODY, EDITORS),
    "officers.list_wordings": (EDITORS, NOBODY),
    "officers.begin_next_wording": (NOBODY, EDITORS),
    "officers.download_survey": (EDITORS, NOBODY),
    "officers.survey_schema": (TEAM | {"officer of another team"}, NOBODY),
    "officers.concerns": (SAFEGUARDING, NOBODY),
    "officers.concern": (SAFEGUARDING, NOBODY),
    "officers.ticked_concerns": (SAFEGUARDING, NOBODY),
    "officers.acknowledge_ticked": (NOBODY, SAFEGUARDING),
    "officers.acknowledge_concern": (NOBODY, SAFEGUARDING),
    "officers.decide_concern": (NOBODY, SAFEGUARDING),
}
