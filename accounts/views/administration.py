"""Pages of the administrator: accounts and their roles."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts import exports, services
from accounts.forms import GrantForm, InviteForm, NameForm
from accounts.models import Membership, User
from accounts.permissions import is_administrator
from accounts.selectors import has_second_factor
from core.listing import Link, ListView
from core.pages import Action, DetailView, Fact, FormView, Section


class UserList(ListView):
    """Accounts."""

    table = exports.UserTable

    def primary_action(self) -> Link:
        """Invite somebody."""
        return Link("Undang pengguna", reverse("accounts:user_invite"))

    def extra_context(self) -> dict[str, Any]:
        """The neighbouring list."""
        return {"secondary": [Link("Semua keanggotaan", reverse("accounts:memberships"))]}


class UserInvite(FormView):
    """A new account with its first role."""

    form_class = InviteForm
    page_title = "Undang pengguna"
    submit_label = "Kirim undangan"
    success_message = "Akun dibuat. Tautan untuk membuat kata sandi dikirim lewat e-mail."

    def allowed(self) -> bool:
        """Administrators."""
        return is_administrator(self.request.user)

    def form_kwargs(self, record: Any) -> dict[str, Any]:
        """Whose institutions are offered."""
        return {"user": self.request.user}

    def back_url(self, record: Any) -> str:
        """The list."""
        return reverse("accounts:users")

    def perform(self, form, record: Any, version: int) -> User:
        """Invite."""
        return services.invite_user(actor=self.request.user, request=self.request, **form.cleaned_data)

    def success_url(self, record: User) -> str:
        """The new account."""
        return reverse("accounts:user_detail", args=[record.uid])


class UserDetail(DetailView):
    """One account: facts, roles, history, and what an administrator may do with it."""

    table = exports.UserTable
    danger_steps = frozenset({"deactivate", "reset_second_factor"})

    def facts(self, record: User) -> list[Fact]:
        """Who it is."""
        return [
            Fact("Nama", record.full_name),
            Fact("E-mail", record.email),
            Fact("Status", "Aktif" if record.is_active else "Tidak aktif"),
            Fact("Faktor kedua", "Terpasang" if has_second_factor(record) else "Belum terpasang"),
            Fact("Terakhir masuk", record.last_login, kind="datetime"),
            Fact("Akun demo", record.is_demo, kind="bool"),
        ]

    def sections(self, record: User) -> list[Section]:
        """Facts and roles."""
        held = record.memberships.select_related("institution").order_by("ended_on", "-started_on")
        roles = [
            Fact(
                str(membership),
                membership.ended_on or membership.started_on,
                kind="date",
                url=reverse("accounts:membership_detail", args=[membership.uid]),
                note="berakhir" if membership.ended_on else "berlaku sejak tanggal ini",
            )
            for membership in held
        ]
        return [
            Section("Data akun", self.facts(record)),
            Section("Peran", roles, empty_text="Akun ini belum memegang peran."),
        ]

    def back(self) -> tuple[str, str]:
        """The list."""
        return reverse("accounts:users"), "Pengguna"

    def actions(self, record: User) -> list[Action]:
        """Grant, rename, switch off or on, resend the link, reset the second factor."""
        steps = [
            Action("grant", "Beri peran", url=reverse("accounts:grant", args=[record.uid]), main=True),
            Action("rename", "Ubah nama", url=reverse("accounts:user_revise", args=[record.uid])),
        ]
        if record.is_active:
            steps.append(Action("send_link", "Kirim tautan kata sandi"))
        own = record.pk == self.request.user.pk
        if not own and has_second_factor(record):
            steps.append(
                Action("reset_second_factor", "Atur ulang faktor kedua", needs_comment=True, danger=True)
            )
        if not own and record.is_active:
            steps.append(Action("deactivate", "Nonaktifkan", needs_comment=True, danger=True))
        elif not own:
            steps.append(Action("reactivate", "Aktifkan lagi", needs_comment=True))
        return steps

    def perform(self, record: User, step: str, *, version: int, comment: str) -> None:
        """Call the service of the step."""
        actor = self.request.user
        if step == "send_link":
            services.send_password_link(user=record, request=self.request)
            return
        service = {
            "deactivate": services.deactivate_user,
            "reactivate": services.reactivate_user,
            "reset_second_factor": services.reset_second_factor,
        }[step]
        service(record, actor=actor, version=version, comment=comment)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Links are no steps."""
        if request.POST.get("langkah") in ("grant", "rename"):
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)


class UserRevise(FormView):
    """The name of an account."""

    form_class = NameForm
    table = exports.UserTable
    page_title = "Ubah nama"
    editing = True

    def allowed(self) -> bool:
        """Administrators."""
        return is_administrator(self.request.user)

    def initial(self, record: User) -> dict[str, Any]:
        """The present name."""
        return {"full_name": record.full_name}

    def back_url(self, record: User) -> str:
        """The account."""
        return reverse("accounts:user_detail", args=[record.uid])

    def perform(self, form, record: User, version: int) -> User:
        """Rename."""
        return services.revise_user(record, actor=self.request.user, version=version, **form.cleaned_data)

    def success_url(self, record: User) -> str:
        """The account."""
        return self.back_url(record)


class Grant(FormView):
    """A role for an account."""

    form_class = GrantForm
    table = exports.UserTable
    page_title = "Beri peran"
    submit_label = "Beri peran"
    success_message = "Peran sudah diberikan."
    editing = True

    def allowed(self) -> bool:
        """Administrators."""
        return is_administrator(self.request.user)

    def form_kwargs(self, record: User) -> dict[str, Any]:
        """Whose institutions are offered."""
        return {"user": self.request.user}

    def back_url(self, record: User) -> str:
        """The account."""
        return reverse("accounts:user_detail", args=[record.uid])

    def perform(self, form, record: User, version: int) -> Membership:
        """Grant."""
        return services.grant_role(actor=self.request.user, user=record, **form.cleaned_data)

    def success_url(self, record: Membership) -> str:
        """The account."""
        return reverse("accounts:user_detail", args=[record.user.uid])


class MembershipList(ListView):
    """Roles, now and before."""

    table = exports.MembershipTable


class MembershipDetail(DetailView):
    """One role of one account."""

    table = exports.MembershipTable

    def facts(self, record: Membership) -> list[Fact]:
        """Who, what, for whom, from when to when."""
        institution = record.institution
        return [
            Fact("Pengguna", record.user, url=reverse("accounts:user_detail", args=[record.user.uid])),
            Fact("Peran", record.get_role_display()),
            Fact(
                "Lembaga",
                institution,
                url=reverse("accounts:institution_detail", args=[institution.uid]) if institution else "",
            ),
            Fact("Mulai", record.started_on, kind="date"),
            Fact("Berakhir", record.ended_on, kind="date"),
        ]

    def back(self) -> tuple[str, str]:
        """The list."""
        return reverse("accounts:memberships"), "Keanggotaan"

    def actions(self, record: Membership) -> list[Action]:
        """End it, while it holds."""
        if record.ended_on is not None:
            return []
        return [Action("end", "Akhiri peran", needs_comment=True, danger=True)]

    def blocked(self, record: Membership) -> str:
        """Why there is nothing to do."""
        return "Peran ini sudah berakhir. Untuk memberi lagi, buka pengguna lalu pilih Beri peran."

    def perform(self, record: Membership, step: str, *, version: int, comment: str) -> None:
        """End it."""
        services.end_membership(record, actor=self.request.user, version=version, comment=comment)
