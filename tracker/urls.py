"""All addresses: the slices' own, sign-in, the admin, and the health check."""

from allauth.account import views as account_views
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from projects.web.design import design
from projects.web.health import healthz

urlpatterns = [
    path("", include("projects.urls")),
    path("accounts/login/", account_views.login, name="account_login"),
    path("accounts/logout/", account_views.logout, name="account_logout"),
    path("accounts/password/change/", account_views.password_change, name="account_change_password"),
    path("design/", design, name="design"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]

handler400 = "projects.web.errors.bad_request"
handler500 = "projects.web.errors.server_error"
