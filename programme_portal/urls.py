from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from pledges.sitemaps import SITEMAPS
from programme_portal.health import healthz
from programme_portal.robots import robots


def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it of their own accord wherever a page names none, as the admin's do."""
    return redirect(static("favicon.svg"))


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("favicon.ico", favicon),
    path("robots.txt", robots),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS}, name="sitemap"),
    # The name that the index looks for.
    path(
        "sitemap-<section>.xml",
        sitemaps.sitemap,
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    path("admin/", admin.site.urls),
    # The language stands in the address, as public pages set no cookie: German plain, English under /en/.
    *i18n_patterns(path("", include("pledges.urls")), prefix_default_language=False),
]

handler404 = "pledges.views.errors.page_not_found"
handler500 = "pledges.views.errors.server_error"
