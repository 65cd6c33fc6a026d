"""What the forms of the two queues send."""

from typing import Any

from django.test import Client

from pledges.judging import fingerprint
from pledges.models import Relation, Rendering, Statement

RELATIONS, RENDERINGS = "/admin/pledges/relation/queue/", "/admin/pledges/rendering/queue/"
ADD = "/admin/pledges/relation/add/"


def relation_of(one: str, other: str) -> Relation:
    """The relation of the statements with these words."""
    return Relation.objects.get(a__text__in=[one, other], b__text__in=[one, other])


def judge(client: Client, relation: Relation, kind: str, query: str = "", **more: Any) -> Any:
    """Send what the queue's form sends for a relation that is seen as it stands."""
    data = {"bezug": relation.pk, "decision": kind, "note": "", "seen": fingerprint(relation)}
    return client.post(RELATIONS + query, data | relation.words | more)


def add(client: Client, one: Statement, other: Statement, kind: str = "same_goal", **more: Any) -> Any:
    data = {"other": other.pk, "decision": kind, "note": "", "seen": fingerprint(None)}
    return client.post(f"{ADD}?aussage={one.pk}", data | more)


def give_verdict(client: Client, rendering: Rendering, verdict: str, **more: Any) -> Any:
    """Send what the queue's form sends for a line that is seen as it stands."""
    data = {
        "zeile": rendering.passage_id,
        "verdict": verdict,
        "sources": [source.pk for source in rendering.sources.all()],
        "note_de": rendering.note_de,
        "note_en": rendering.note_en,
        "seen": fingerprint(rendering),
    }
    return client.post(RENDERINGS, data | more)
