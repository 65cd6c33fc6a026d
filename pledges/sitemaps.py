"""The addresses that search engines shall know. Each page itself names its other language."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from pledges.models import Party, Programme, Statement, Topic


class Overviews(Sitemap):
    def items(self) -> list[str]:
        return ["home", "topics", "statements", "compare", "programmes", "overview", "method"]

    def location(self, item: str) -> str:
        return reverse(item)


class Topics(Sitemap):
    def items(self) -> QuerySet[Topic]:
        return Topic.objects.order_by("pk")


class Parties(Sitemap):
    def items(self) -> QuerySet[Party]:
        return Party.objects.published().order_by("pk")


class Programmes(Sitemap):
    def items(self) -> QuerySet[Programme]:
        return Programme.objects.published().order_by("pk").only("slug", "kind")


class Statements(Sitemap):
    """Those that stand in a text: the page of one that is gone is for whoever has its link."""

    # The protocol allows ten times as many; so a file of them takes a part of a second.
    limit = 5000

    def items(self) -> QuerySet[Statement]:
        return Statement.objects.published().current().order_by("pk").only("key")


SITEMAPS = {
    "overviews": Overviews,
    "topics": Topics,
    "parties": Parties,
    "programmes": Programmes,
    "statements": Statements,
}
