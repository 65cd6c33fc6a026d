"""What the queues of relations and of renderings share beyond other queues: taking back, conflicts."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from pledges.admin.queues import QueueViews
from pledges.judging import Decision, JudgedMeanwhile, fingerprint, take_back
from pledges.models import Relation, Rendering

# What a session remembers, so that its row stays small.
MOST_DECISIONS = 50


class Opinion(NamedTuple):
    """A row of the page that shows two decisions side by side."""

    name: str
    theirs: str
    mine: str

    @property
    def differs(self) -> bool:
        return self.theirs != self.mine


class JudgingViews(QueueViews):
    """A queue whose decisions are taken back in the order that this session took them."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is wrong is judged to be wrong, and stays."""
        return False

    def undo_last_view(self, request: HttpRequest) -> HttpResponse:
        """Take back the newest decision of this session, and show its case again."""
        filters = self.checked_filters(request)
        done = self.session(request)["done"]
        if not done:
            self.message_user(request, gettext("Es gibt nichts zurückzunehmen."), messages.WARNING)
            return redirect(self.queue_address(filters))
        last = done[-1]
        self.store(request, done=done[:-1])
        decision = Decision(tuple(last["case"]), last["before"], last["after"])
        try:
            take_back(decision)
        except JudgedMeanwhile:
            said = gettext("Nicht zurückgenommen, denn inzwischen wurde anders entschieden: %s")
            self.message_user(request, said % last["said"], messages.ERROR)
        else:
            self.message_user(request, gettext("Zurückgenommen: %s") % last["said"])
        return redirect(self.address_after_undo(filters, decision))

    def address_after_undo(self, filters: forms.Form, decision: Decision) -> str:
        raise NotImplementedError

    def remember_decision(self, request: HttpRequest, decision: Decision, said: str) -> None:
        done = [*self.session(request)["done"], asdict(decision) | {"said": said}]
        self.store(request, done=done[-MOST_DECISIONS:])

    def conflict_page(
        self,
        request: HttpRequest,
        row: Relation | Rendering | None,
        opinions: Sequence[Opinion],
        texts: Sequence[tuple[str, str]],
        keep: str,
    ) -> HttpResponse:
        """Show what stands beside what was sent; `texts` are (language, words), `keep` leaves it at that.

        The other choice sends the same form again, as one that has seen what stands.
        """
        context = {
            "row": row,
            "opinions": opinions,
            "is_same": not any(opinion.differs for opinion in opinions),
            "texts": texts,
            "posted": posted_again(request),
            "seen": fingerprint(row),
            "keep": keep,
        }
        return self.page(
            request, "admin/pledges/judged_meanwhile.html", gettext("Jemand war schneller"), context, 409
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A row to be read; it is judged on its screen of the queue, where nothing is overwritten unseen."""
        hidden = dict.fromkeys(("show_save", "show_save_and_continue", "show_save_and_add_another"), False)
        return super().changeform_view(request, object_id, form_url, hidden | (extra_context or {}))


def keyed(keys: Mapping[Any, str], proposed: str) -> list[tuple[Any, str, bool]]:
    """Each decision with its key and whether it is the one proposed, which Enter takes too."""
    return [(decision, key, decision == proposed) for decision, key in keys.items()]


def posted_again(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form sent, to be sent once more by one that has seen what stands."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "seen")
        for value in values
    ]
