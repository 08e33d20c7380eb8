"""The answer to a page that somebody else was faster on: who decided, when, and what the reader had typed."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.redaction import redact
from core.widgets import DateParts, as_typed, typed_day
from core.workflow import StaleRecord


def typed_text(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What the reader typed into the visible text fields, by label; passwords are left out, identity numbers masked.

    A day stands as it was typed into its boxes.
    """
    found = []
    for name, asked in form.fields.items():
        value = str(form.data.get(form.add_prefix(name), "")).strip()
        written = isinstance(asked.widget, forms.Textarea | forms.TextInput) and not asked.widget.is_hidden
        if isinstance(asked.widget, DateParts):
            value, written = as_typed(typed_day(form.data, form.add_prefix(name)) or value), True
        if value and written and not isinstance(asked.widget, forms.PasswordInput):
            found.append((str(asked.label or name), redact(value)))
    return found


def stale_response(
    request: HttpRequest, problem: StaleRecord, url: str, typed: list[tuple[str, str]] | None = None
) -> HttpResponse:
    """The page that tells the second officer who decided and when; nothing was changed, what was typed is shown."""
    context = {"message": str(problem), "url": url, "typed": typed or []}
    return render(request, "409.html", context, status=409)
