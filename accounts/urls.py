"""Addresses of the accounts app, under /akun/. Names without a prefix are those that allauth asks for."""

from django.urls import include, path

from accounts.views import administration, claims, entrance, institutions, sign_up, tokens

own = [
    path("", entrance.home, name="home"),
    path("sesi/", entrance.sessions, name="sessions"),
    path("token/", tokens.tokens, name="tokens"),
    path("daftar/terkirim/", sign_up.sign_up_sent, name="sign_up_sent"),
    path("daftar/<str:token>/", sign_up.confirm, name="sign_up_confirm"),
    path("lupa-sandi/terkirim/", entrance.forgotten_sent, name="forgotten_sent"),
    path("sandi-baru/<str:uidb64>/<str:token>/", entrance.SetPasswordView.as_view(), name="password_set"),
    path("pengguna/", administration.UserList.as_view(), name="users"),
    path("pengguna/undang/", administration.UserInvite.as_view(), name="user_invite"),
    path("pengguna/<uuid:uid>/", administration.UserDetail.as_view(), name="user_detail"),
    path("pengguna/<uuid:uid>/ubah/", administration.UserRevise.as_view(), name="user_revise"),
    path("pengguna/<uuid:uid>/peran/", administration.Grant.as_view(), name="grant"),
    path("keanggotaan/", administration.MembershipList.as_view(), name="memberships"),
    path("keanggotaan/<uuid:uid>/", administration.MembershipDetail.as_view(), name="membership_detail"),
    path("lembaga/", institutions.InstitutionList.as_view(), name="institutions"),
    path("lembaga/baru/", institutions.InstitutionCreate.as_view(), name="institution_create"),
    path("lembaga/<uuid:uid>/", institutions.InstitutionDetail.as_view(), name="institution_detail"),
    path("lembaga/<uuid:uid>/ubah/", institutions.InstitutionRevise.as_view(), name="institution_revise"),
    path("klaim-nik/", claims.ClaimList.as_view(), name="claims"),
    path("klaim-nik/<uuid:uid>/", claims.ClaimDetail.as_view(), name="claim_detail"),
]

urlpatterns = [
    path("masuk/", entrance.SignInView.as_view(), name="account_login"),
    path("masuk/kode/", entrance.CodeView.as_view(), name="mfa_authenticate"),
    path("keluar/", entrance.SignOutView.as_view(), name="account_logout"),
    path("daftar/", sign_up.sign_up, name="account_signup"),
    path("lupa-sandi/", entrance.forgotten, name="account_reset_password"),
    path("sandi/", entrance.ChangePasswordView.as_view(), name="account_change_password"),
    path("pastikan/", entrance.ConfirmPasswordView.as_view(), name="account_reauthenticate"),
    path("pastikan/kode/", entrance.ConfirmCodeView.as_view(), name="mfa_reauthenticate"),
    path("faktor-kedua/", entrance.SecondFactorView.as_view(), name="mfa_index"),
    path("faktor-kedua/pasang/", entrance.ActivateView.as_view(), name="mfa_activate_totp"),
    path("faktor-kedua/lepas/", entrance.DeactivateView.as_view(), name="mfa_deactivate_totp"),
    path("faktor-kedua/kode-cadangan/", entrance.RecoveryCodesView.as_view(), name="mfa_view_recovery_codes"),
    path(
        "faktor-kedua/kode-cadangan/baru/",
        entrance.GenerateCodesView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "faktor-kedua/kode-cadangan/unduh/",
        entrance.DownloadCodesView.as_view(),
        name="mfa_download_recovery_codes",
    ),
    path("", include((own, "accounts"))),
]
