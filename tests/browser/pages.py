"""The pages that a visitor can come to, an address for each kind and for each state that looks different."""

# Permalinks are made from the words: the same wherever the text is loaded.
STATEMENT = "/aussagen/spd-2025-vofkzzk7rh/"
SENTENCE = (
    "Die verpflichtende 30-Prozent-Quote für öffentlich geförderten Wohnungsbau bei Neubauprojekten "
    "behalten wir bei."
)
COMPARISON = "/vergleich/?thema=wohnen&programm=spd-2025&programm=dos-2020&programm=gruene-cdu-2023"

FOUND = {
    "home": "/",
    "topics": "/themen/",
    "topic": "/themen/wohnen/",
    "topic-columns": "/themen/wohnen/?ansicht=spalten",
    "topic-filtered": "/themen/wohnen/?bindung=fest&programm=spd-2025",
    "topic-nothing": "/themen/wohnen/?bindung=ausschluss&programm=dos-2020",
    "statements": "/aussagen/",
    "statements-filtered": "/aussagen/?thema=kita&thema=schule&bindung=fest",
    "comparison-form": "/vergleich/",
    "comparison": COMPARISON,
    "programmes": "/programme/",
    "programme": "/programme/spd-2025/",
    "statement": STATEMENT,
    "hint": f"{STATEMENT}hinweis/",
    "hint-thanks": f"{STATEMENT}hinweis/danke/",
    "party": "/parteien/spd/",
    "digest": "/digest/spd-2025-digest/",
    "search": "/suche/?q=kita",
    "method": "/methode/",
    "overview": "/uebersicht/",
}
REFUSED = {
    "unknown-topic": ("/themen/wohnung/", 404),
    "wrong-filter": ("/themen/wohnen/?bindung=fesd", 400),
    "wrong-comparison": ("/vergleich/?thema=wohnen&programm=spd-2025", 400),
}
STATUS = dict.fromkeys(FOUND.values(), 200) | dict(REFUSED.values())
ADDRESSES = FOUND | {name: address for name, (address, _status) in REFUSED.items()}
