"""Small things that templates say."""

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.translation import override

from pledges.models import Statement
from pledges.reliability import Estimate
from pledges.templatetags.wortlaut import decimal, own_labels


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Estimate(0.814, 0.7, 0.9), "0,81 (0,70 bis 0,90)"),
        (Estimate(-0.4, -0.73, -0.12), "−0,40 (−0,73 bis −0,12)"),
        (Estimate(1.0, None, None), "1,00 (ohne Bereich)"),
        (None, "–"),
    ],
)
def test_a_coefficient_and_its_range_cannot_be_misread(found, words):
    assert render_to_string("pledges/_estimate.html", {"found": found}).strip() == words


def test_a_number_is_written_as_the_language_writes_it():
    with override("en"):
        assert decimal(-0.731) == "−0.73"


@pytest.mark.parametrize("measurable", [True, False])
def test_a_pledge_is_called_measurable_exactly_where_it_is(measurable):
    assert ("messbar" in own_labels(Statement(commitment="firm", measurable=measurable))) == measurable


def test_what_never_changes_is_made_once_a_language_and_shows_nothing_of_the_page(monkeypatch):
    part = Template(
        "{% load i18n wortlaut %}{% unchanging %}{{ words }}{% translate 'Suchen' %}{% endunchanging %}"
    )

    def shown(words):
        return part.render(Context({"words": words}))

    assert [shown("Kita"), shown("Schule")] == ["Suchen", "Suchen"]
    with override("en"):
        assert shown("Kita") == "Search"
    assert shown("Kita") == "Suchen"
    monkeypatch.setattr("django.templatetags.i18n.TranslateNode.render", lambda *_: "anew")
    assert shown("Kita") == "Suchen"
