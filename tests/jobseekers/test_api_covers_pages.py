"""What a page of the room can do, the API can do too: every page names its operation, or why it has none."""

from django.urls import reverse

from core import paths  # noqa: F401 - the lists of addresses use its converters
from jobseekers import urls
from jobseekers.api import urls as api_urls

PUBLIC_JSON, NO_SIGN_IN = "a public JSON file itself", "a mailed link for who doesn't sign in"
OPERATIONS = {
    "check_card": "card_check", "card_keys": PUBLIC_JSON, "cards_ended": PUBLIC_JSON,
    "my_ak1": "own_applications own_cards", "start": "own_applications", "my_application":
    "own_application own_application_history", "photo": "photo", "fill_part": "profile own_need", "row_add": "own_rows",
    "row_change": "own_row", "row_remove": "own_row", "fill_document": "own_document", "drop_document": "own_document",
    "review": "own_application_checks own_application_submit", "cancel": "own_application_withdraw",
    "my_card": "own_card own_card_due", "card_photo": "photo", "card_pdf": "own_card_pdf card_pdf",
    "my_profile": "profile", "profile_part": "profile own_need", "profile_row_add": "own_rows",
    "profile_row_change": "own_row", "profile_row_remove": "own_row", "my_privacy": "own_consents own_requests",
    "my_consent": "own_consent", "my_data": "own_data", "my_data_file": "own_data own_data_paper",
    "my_looks": "own_looks", "my_request_new": "own_requests", "my_request": "own_request own_request_withdraw",
    "my_report": "own_card_reports", "link_done": NO_SIGN_IN, "link_report": NO_SIGN_IN,
    "confirm_draft": "own_draft_confirm", "my_visit": "own_visits own_visit", "visit_day": "visit_days",
    "visit_hour": "visit_slots own_visits own_visit_move", "visit_cancel": "own_visit_cancel",
    "leaver_list": "leavers", "leaver_upload": "leaver_template leaver_uploads",
    "leaver_upload_preview": "leaver_upload leaver_upload_errors leaver_upload_commit",
    "data_request_list": "requests", "data_request_detail": "request request_grant request_refuse",
    "breach_list": "breaches", "breach_new": "breaches", "breach_detail": "breach breach_tell breach_close",
    "breach_edit": "breach", "breach_affected": "breach_people", "visit_list": "visits", "slot_list": "slots",
    "slot_new": "slots", "slot_edit": "slot", "visit_detail": "visit_settle visit_cancel",
    "ask_to_come": "application_ask_to_come", "application_list": "applications", "desk": "walk_ins", "bkol": "bkol",
    "ipk": "ipk", "recap": "recap", "approve_together": "together_preview together_approve",
    "return_file": "application_return", "document_view": "person_document_file person_document_accept",
    "interview_notes": "application_notes",
    "application_detail": "application application_checks application_history application_approve application_reject "
    "application_submit application_withdraw",
    "card_list": "cards", "holder_report_list": "holder_reports", "card_report": "card_reports",
    "print_register": "prints", "print_day": "print_batches download download_file",
    "card_detail": "card card_printed", "card_remove": "card_remove", "person_list": "people search",
    "person_detail": "person person_rows person_need person_photo person_episodes person_erase",
    "reveal_nik": "person_nik", "person_edit": "person", "person_merge": "person_merge",
    "desk_for": "person_applications",
}  # fmt: skip
"""Page -> operations; a sentence with a blank and no operation in it is the reason why there is none."""


def test_every_page_has_its_operation():
    pages = {pattern.name for pattern in urls.urlpatterns}
    assert sorted(pages - OPERATIONS.keys()) == []
    assert sorted(OPERATIONS.keys() - pages) == []
    known = {pattern.name for pattern in api_urls.urlpatterns}
    named = {
        name for told in OPERATIONS.values() if told not in (PUBLIC_JSON, NO_SIGN_IN) for name in told.split()
    }
    assert sorted(named - known) == []


def test_every_operation_belongs_to_a_page():
    known = {pattern.name for pattern in api_urls.urlpatterns}
    named = {name for told in OPERATIONS.values() for name in told.split()}
    apart = {
        "schema",
        "own_documents",
        "own_document_file",
        "person_documents",
        "downloads",
        "own_application_submit",
    }
    assert sorted(known - named - apart) == []
    assert reverse("api:schema") == "/api/v1/schema/"
