"""What the forms of the plan have in common: the year of the address, the planner's right, where they lead."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from core.listing import FormView
from lkip.permissions import can_plan
from lkip.views.plan import year_or_404


class PlanFormView(FormView):
    """A form under a year; the planner's alone. ``leads_to`` is the page that it comes from and goes back to."""

    leads_to = "plan"
    model = None
    fields: tuple[str, ...] = ()

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """The year first: what is not prepared is no page."""
        self.settings = year_or_404(request, kwargs["year"])
        self.year = kwargs["year"]
        self.prepare()
        return super().dispatch(request, *args, **kwargs)

    def prepare(self) -> None:
        """Find what the address names besides the record; only the planner gets that far with a form."""

    def allowed(self) -> bool:
        """The planner."""
        return can_plan(self.request.user)

    def get_queryset(self) -> QuerySet:
        """The rows of the model: the plan has one owner."""
        return self.model._default_manager.all()

    def initial(self, record) -> dict:
        """What is stored."""
        return {name: getattr(record, name) for name in self.fields} if record else {}

    def back_url(self, record) -> str:
        """The page that the form came from."""
        return reverse(f"lkip:{self.leads_to}", args=[self.year])

    def success_url(self, record) -> str:
        """The same page."""
        return self.back_url(record)
