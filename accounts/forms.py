"""Forms of the accounts app."""

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm as AllauthCodeForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthConfirmCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.password_validation import validate_password

from accounts import limits
from accounts.enums import OPERATOR_ROLES, STAFF_ROLES, InstitutionKind, Role
from accounts.models import Institution, User
from accounts.permissions import is_staff_member
from accounts.selectors import email_of_login
from accounts.services.tokens import DAYS
from accounts.validators import LONGEST_PASSWORD
from core.errors import Refused
from core.models.reference import Region, RegionLevel
from core.personal import clean_nik, parse_nik

NEW_HINT = "Paling sedikit 10 huruf. Tiga atau empat kata yang Anda ingat sudah cukup. Jangan hanya angka."


def _password(label: str, *, new: bool = False, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        help_text=hint,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"}),
        error_messages={
            "required": "Kata sandi belum diisi.",
            "max_length": "Kata sandi paling panjang 128 huruf.",
        },
    )


def _code(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "govuk-input--width-10"}
        ),
        error_messages={
            "required": "Kode belum diisi. Buka aplikasi autentikator, lalu salin enam angkanya."
        },
    )


class SignInForm(LoginForm):
    """E-mail or NIK, and password. The NIK becomes an e-mail before anything is counted, logged or kept."""

    def __init__(self, *args, **kwargs) -> None:
        """Put our fields in place of allauth's."""
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="E-mail atau NIK",
            max_length=254,
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
            ),
            error_messages={"required": "E-mail atau NIK belum diisi."},
        )
        self.fields["password"] = _password("Kata sandi")
        self.fields["remember"].label = "Tetap masuk di perangkat ini"
        self.fields["remember"].help_text = "Jangan dicentang di warnet atau komputer bersama."
        self.order_fields(["login", "password", "remember"])

    def user_credentials(self) -> dict:
        """What is handed to the authentication: always an e-mail, real or made from the NIK's hash."""
        if not hasattr(self, "_email"):
            self._email = email_of_login(self.cleaned_data["login"])
        return {"email": self._email, "password": self.cleaned_data["password"]}

    def login(self, request, redirect_url=None):
        """Sign in; a staff session ends after a working day whatever was ticked."""
        response = super().login(request, redirect_url=redirect_url)
        if is_staff_member(self.user):
            request.session.set_expiry(settings.STAFF_SESSION_AGE)
        return response


class ChangePasswordForm(AllauthChangePasswordForm):
    """The current password, and a new one twice."""

    def __init__(self, *args, **kwargs) -> None:
        """Put our fields in place of allauth's."""
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = _password("Kata sandi sekarang")
        self.fields["password1"] = _password("Kata sandi baru", new=True, hint=NEW_HINT)
        self.fields["password2"] = _password("Kata sandi baru sekali lagi", new=True)

    def clean_password1(self) -> str:
        """Check the rules."""
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]

    def clean(self):
        """Both must be the same."""
        data = forms.Form.clean(self)
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", "Kedua kata sandi baru tidak sama. Ketik lagi.")
        return data


class ConfirmPasswordForm(ReauthenticateForm):
    """The password once more, before something sensitive."""

    def __init__(self, *args, **kwargs) -> None:
        """Put our field in place of allauth's."""
        super().__init__(*args, **kwargs)
        self.fields["password"] = _password("Kata sandi")


class LimitedCode:
    """Counts the codes that are tried for one account: six digits must not be guessed, even over weeks."""

    def clean_code(self) -> str:
        """Count, then check."""
        who = str(self.user.pk)
        limits.count("second-factor-code", who, limit=10, window=15 * limits.MINUTE)
        limits.count("second-factor-code-day", who, limit=40, window=limits.DAY)
        return super().clean_code()


class CodeForm(LimitedCode, AllauthCodeForm):
    """The code of the authenticator app, or a recovery code."""

    def __init__(self, *args, **kwargs) -> None:
        """Put our field in place of allauth's."""
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code("Kode dari aplikasi, atau kode cadangan")


class ConfirmCodeForm(LimitedCode, AllauthConfirmCodeForm):
    """The code once more, before something sensitive."""

    def __init__(self, *args, **kwargs) -> None:
        """Put our field in place of allauth's."""
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code("Kode dari aplikasi, atau kode cadangan")


class ActivateForm(ActivateTOTPForm):
    """The first code, which proves that the app was set up."""

    def __init__(self, *args, **kwargs) -> None:
        """Put our field in place of allauth's."""
        super().__init__(*args, **kwargs)
        self.fields["code"] = _code("Enam angka dari aplikasi")


class SignUpForm(forms.Form):
    """NIK and e-mail: all that is asked before the link proves the mailbox."""

    nik = forms.CharField(
        label="NIK",
        max_length=30,
        help_text="16 angka di KTP atau KK. Gunanya supaya satu orang punya satu data; di halaman selalu disamarkan.",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "class": "govuk-input--width-20"}
        ),
        error_messages={
            "required": "NIK belum diisi. Tulis 16 angka seperti di KTP atau KK.",
            "max_length": "NIK harus 16 angka. Salin dari KTP atau KK.",
        },
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="Kami mengirim tautan ke alamat ini untuk membuat kata sandi.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "E-mail belum diisi.",
            "invalid": "E-mail tidak lengkap. Tulis seperti nama@contoh.com.",
        },
    )

    def clean_nik(self) -> str:
        """The sixteen digits; says what is wrong without repeating them."""
        try:
            nik = clean_nik(self.cleaned_data["nik"])
            parse_nik(nik)
        except Refused as problem:
            raise forms.ValidationError(str(problem)) from None
        return nik


class SignUpConfirmForm(forms.Form):
    """Name and password, on the page that the mailed link opens."""

    full_name = forms.CharField(
        label="Nama lengkap",
        max_length=150,
        help_text="Seperti di KTP.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Nama lengkap belum diisi. Tulis seperti di KTP."},
    )
    password1 = _password("Kata sandi", new=True, hint=NEW_HINT)
    password2 = _password("Kata sandi sekali lagi", new=True)

    def __init__(self, *args, email: str, **kwargs) -> None:
        """Keep the e-mail for the password rules."""
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict:
        """Check the rules with name and e-mail; both passwords must be the same."""
        data = super().clean()
        first, second = data.get("password1"), data.get("password2")
        if first:
            try:
                validate_password(first, User(email=self.email, full_name=data.get("full_name", "")))
            except forms.ValidationError as problem:
                self.add_error("password1", problem)
        if first and second and first != second:
            self.add_error("password2", "Kedua kata sandi tidak sama. Ketik lagi.")
        return data


class ResetForm(forms.Form):
    """Whose password is forgotten."""

    login = forms.CharField(
        label="E-mail atau NIK",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": "E-mail atau NIK belum diisi."},
    )


class NewPasswordForm(SetPasswordForm):
    """A new password twice, on the page that the mailed link opens."""

    new_password1 = _password("Kata sandi baru", new=True, hint=NEW_HINT)
    new_password2 = _password("Kata sandi baru sekali lagi", new=True)
    error_messages = {"password_mismatch": "Kedua kata sandi tidak sama. Ketik lagi."}


class InstitutionChoice(forms.ModelChoiceField):
    """An institution with its kind, so that namesakes can be told apart."""

    def label_from_instance(self, obj: Institution) -> str:
        """Name and kind."""
        return f"{obj.name} ({obj.get_kind_display()})"


class GrantForm(forms.Form):
    """A role, and the institution where the role needs one."""

    role = forms.ChoiceField(
        label="Peran",
        choices=[("", "Pilih peran"), *Role.choices],
        error_messages={"required": "Peran belum dipilih."},
    )
    institution = InstitutionChoice(
        label="Lembaga",
        queryset=Institution.objects.none(),
        required=False,
        empty_label="Tanpa lembaga",
        help_text="Wajib untuk operator; petugas dinas boleh memilih bidangnya.",
        error_messages={"invalid_choice": "Lembaga itu tidak ada atau sudah ditutup. Pilih dari daftar."},
    )

    def __init__(self, *args, user, **kwargs) -> None:
        """Offer the institutions that the acting `user` may see and that are open."""
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = Institution.objects.visible_to(user).filter(state="ACTIVE")


class InviteForm(GrantForm):
    """A new account with its first role."""

    full_name = forms.CharField(
        label="Nama lengkap", max_length=150, error_messages={"required": "Nama lengkap belum diisi."}
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        help_text="Tautan untuk membuat kata sandi dikirim ke sini.",
        error_messages={
            "required": "E-mail belum diisi.",
            "invalid": "E-mail tidak lengkap. Contoh: nama@contoh.go.id.",
        },
    )
    field_order = ["full_name", "email", "role", "institution"]

    def __init__(self, *args, **kwargs) -> None:
        """Job seekers sign up themselves; they are not invited."""
        super().__init__(*args, **kwargs)
        invited = {*OPERATOR_ROLES, *STAFF_ROLES}
        self.fields["role"].choices = [
            ("", "Pilih peran"),
            *((value, label) for value, label in Role.choices if value in invited),
        ]


class NameForm(forms.Form):
    """The name of an account."""

    full_name = forms.CharField(
        label="Nama lengkap", max_length=150, error_messages={"required": "Nama lengkap belum diisi."}
    )


class InstitutionForm(forms.Form):
    """The particulars of an institution."""

    name = forms.CharField(
        label="Nama resmi", max_length=200, error_messages={"required": "Nama lembaga belum diisi."}
    )
    region = forms.ModelChoiceField(
        label="Kabupaten atau kota",
        queryset=Region.objects.none(),
        required=False,
        empty_label="Belum diketahui",
    )
    address = forms.CharField(label="Alamat", max_length=300, required=False)
    phone = forms.CharField(label="Telepon", max_length=32, required=False)
    email = forms.EmailField(
        label="E-mail",
        required=False,
        error_messages={"invalid": "E-mail tidak lengkap. Contoh: nama@contoh.com."},
    )

    def __init__(self, *args, **kwargs) -> None:
        """Offer the regencies and cities in force."""
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = (
            Region.objects.current().filter(level=RegionLevel.REGENCY).order_by("name")
        )


class NewInstitutionForm(InstitutionForm):
    """A new institution: its kind too, which does not change later."""

    kind = forms.ChoiceField(
        label="Jenis",
        choices=[("", "Pilih jenis"), *InstitutionKind.choices],
        error_messages={"required": "Jenis lembaga belum dipilih."},
    )
    field_order = ["kind", "name"]


class TokenForm(forms.Form):
    """A new access token, for the password."""

    label = forms.CharField(
        label="Nama token",
        max_length=60,
        help_text="Misalnya nama program atau perangkat yang memakainya.",
        error_messages={"required": "Beri nama, misalnya nama program yang memakainya."},
    )
    days = forms.ChoiceField(label="Berlaku", choices=[(str(days), f"{days} hari") for days in DAYS])
    may_write = forms.BooleanField(label="Boleh juga mengubah data atas nama saya", required=False)
    password = _password("Kata sandi Anda sekarang")

    def __init__(self, *args, user: User, **kwargs) -> None:
        """Whose password is asked for."""
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """It must be the account's own."""
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("Kata sandi tidak cocok.")
        return ""

    def told(self) -> dict:
        """What `services.tokens.make_token` takes."""
        data = self.cleaned_data
        return {"label": data["label"], "days": int(data["days"]), "may_write": data["may_write"]}
