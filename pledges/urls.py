from django.urls import path

from pledges.views.comparison import compare
from pledges.views.digests import digest
from pledges.views.hints import hint, hint_thanks
from pledges.views.home import home
from pledges.views.imprint import imprint
from pledges.views.method import codebook, method
from pledges.views.overview import overview
from pledges.views.parties import party, party_colours
from pledges.views.programmes import edition, edition_file, original_file, programme, programmes
from pledges.views.search import search
from pledges.views.statement_list import statements
from pledges.views.statements import statement
from pledges.views.tables import statements_table, topic_table
from pledges.views.topics import topic, topics

urlpatterns = [
    path("", home, name="home"),
    path("themen/", topics, name="topics"),
    path("themen/<slug:slug>/", topic, name="topic"),
    path("themen/<slug:slug>/aussagen.csv", topic_table, name="topic-table"),
    path("vergleich/", compare, name="compare"),
    path("programme/", programmes, name="programmes"),
    path("programme/<slug:slug>/", programme, name="programme"),
    path("programme/<slug:slug>/datei", original_file, name="original-file"),
    path("programme/<slug:slug>/fassung/<slug:name>/", edition, name="edition"),
    path("programme/<slug:slug>/fassung/<slug:name>/datei", edition_file, name="edition-file"),
    path("aussagen/", statements, name="statements"),
    path("aussagen.csv", statements_table, name="statements-table"),
    path("aussagen/<slug:key>/", statement, name="statement"),
    path("aussagen/<slug:key>/hinweis/", hint, name="hint"),
    path("aussagen/<slug:key>/hinweis/danke/", hint_thanks, name="hint-thanks"),
    path("parteien/<slug:slug>/", party, name="party"),
    path("parteien.css", party_colours, name="party-colours"),
    path("digest/<slug:slug>/", digest, name="digest"),
    path("suche/", search, name="search"),
    path("uebersicht/", overview, name="overview"),
    path("methode/", method, name="method"),
    path("impressum/", imprint, name="imprint"),
    path("methode/codebuch.md", codebook, name="codebook"),
]
