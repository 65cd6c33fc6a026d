"""The portal's pages: their addresses, and what stands in them."""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.test import Client
from django.urls import reverse

from pledges.models import Party, Programme, Statement, Topic

BLOCKS = {"p", "div", "li", "dt", "dd", "td", "th", "h1", "h2", "h3", "figure", "legend", "label", "option"}
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Element:
    """An element with its attributes, its children and its place in the tree."""

    def __init__(self, name: str, attributes: dict[str, str], parent: "Element | None") -> None:
        self.name, self.attributes, self.parent = name, attributes, parent
        self.children: list[Element | str] = []

    def __getitem__(self, attribute: str) -> str:
        return self.attributes[attribute]

    def find(self, name: str = "", css_class: str = "", /, **attributes: str) -> "list[Element]":
        """All elements below with this name, class and attributes (data_silence for data-silence)."""
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [
            element
            for element in self.below()
            if name in ("", element.name)
            and (not css_class or css_class in element.attributes.get("class", "").split())
            and all(element.attributes.get(key) == value for key, value in wanted.items())
        ]

    def one(self, name: str = "", css_class: str = "", /, **attributes: str) -> "Element":
        (element,) = self.find(name, css_class, **attributes)
        return element

    def below(self) -> "Iterator[Element]":
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.below()

    @property
    def text(self) -> str:
        """The text to the letter."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self) -> str:
        """The text as it is read: white space as one blank, and one between paragraphs."""
        return " ".join(self._spaced().split())

    def _spaced(self) -> str:
        inner = "".join(child if isinstance(child, str) else child._spaced() for child in self.children)
        return f" {inner} " if self.name in BLOCKS else inner


class _Builder(HTMLParser):
    """Builds the tree and refuses what isn't closed in its order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.here = self.root = Element("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"an attribute of <{tag}> stands twice"
        element = Element(tag, {key: value or "" for key, value in attrs}, self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.here.name == tag, f"</{tag}> closes <{self.here.name}>"
        assert self.here.parent is not None
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parse(page: str) -> Element:
    builder = _Builder()
    builder.feed(page)
    builder.close()
    assert builder.here is builder.root, f"<{builder.here.name}> is not closed"
    return builder.root


def get(client: Client, address: str, status: int = 200) -> Element:
    response = client.get(address)
    assert response.status_code == status, f"{address}: {response.status_code}"
    return parse(response.text)


def led_to(client: Client, address: str) -> Element:
    """The page that an address leads to, where it is itself none."""
    response = client.get(address, follow=True)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    return parse(response.text)


def addresses() -> list[str]:
    """The address of every page, in German: of the statements each programme's first, middle and last."""
    names = ["home", "topics", "statements", "compare", "programmes", "search", "overview", "method"]
    found = [reverse(name) for name in names]
    found += [reverse("topic", args=[topic.slug]) for topic in Topic.objects.all()]
    found += [f"{reverse('compare')}?thema={slug}" for slug in ("wohnen", "international")]
    found += [f"{reverse('topic', args=['wohnen'])}?ansicht=spalten", f"{reverse('search')}?q=wohnung"]
    found += [programme.get_absolute_url() for programme in Programme.objects.all()]
    found += [party.get_absolute_url() for party in Party.objects.all()]
    for programme in Programme.objects.in_own_words():
        statements = list(Statement.objects.filter(programme=programme).order_by("position"))
        some = {0, len(statements) // 2, len(statements) - 1} if statements else set()
        found += [statements[at].get_absolute_url() for at in sorted(some)]
    one = Statement.objects.filter(programme__slug="spd-2025").first()
    if one:
        found += [reverse(name, args=[one.key]) for name in ("hint", "hint-thanks")]
    return found


def without_tags(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", markup))
