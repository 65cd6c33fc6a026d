"""Links that nobody made: to every page that reads its parameters, with whatever stands in them."""

from hypothesis import strategies as st

FILTERS = ["ort", "programm", "partei", "jahr", "textart", "art", "bindung", "messbar", "herkunft", "thema"]
PATHS = ["/aussagen/", "/suche/", "/themen/wohnen/", "/themen/", "/vergleich/", "/", "/uebersicht/"]
PATHS += ["/programme/", "/en/aussagen/"]
VALUES = [
    "",
    "dortmund",
    "spd",
    "spd-2025",
    "2025",
    "wahlprogramm",
    "vorhaben",
    "fest",
    "ja",
    "codebuch",
    "kita",
]
VALUES += [
    "abwechselnd",
    "1",
    "2",
    "0",
    "-1",
    "99999999999",
    "Wohnung",
    "thema:kita",
    '"im Park"',
    "-Kita",
    "codebuch",
]

_names = st.one_of(st.sampled_from([*FILTERS, "folge", "seite", "q", "ansicht"]), st.text(max_size=5))
_values = st.one_of(st.sampled_from(VALUES), st.text(max_size=12))
_parameters = st.dictionaries(_names, st.lists(_values, max_size=3), max_size=5)

# A path and its parameters, each with its values.
LINKS = st.tuples(st.sampled_from(PATHS), _parameters)
