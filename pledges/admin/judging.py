"""What the queues of relations and of renderings share beyond other queues: taking back, conflicts."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from pledges.admin.conflict import Row, meanwhile_page
from pledges.admin.queues import QueueViews
from pledges.judging import Decision, JudgedMeanwhile, fingerprint, take_back
from pledges.models import Relation, Rendering

# What a session remembers, so that its row stays small.
MOST_DECISIONS = 50


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
        rows: Sequence[Row],
        texts: Sequence[tuple[str, str]],
        keep: str,
    ) -> HttpResponse:
        """Show the decision that stands beside the one that was sent; `texts` are (language, words).

        Where it is the very same, as after a double click, there is nothing to choose.
        """
        if row and row.judged_by == request.user and not any(differs for *_values, differs in rows):
            return redirect(keep)
        about = {"row": row, "texts": texts, "is_nav_sidebar_enabled": False}
        site, seen = self.admin_site, fingerprint(row)
        return meanwhile_page(request, site, "judged_meanwhile", rows, seen=seen, keep=keep, **about)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """A row to be read; it is judged on its screen of the queue, where nothing is overwritten unseen."""
        hidden = dict.fromkeys(("show_save", "show_save_and_continue", "show_save_and_add_another"), False)
        return super().render_change_form(request, hidden | context, *args, **kwargs)


def keyed(keys: Mapping[Any, str], proposed: str) -> list[tuple[Any, str, bool]]:
    """Each decision with its key and whether it is the one proposed, which Enter takes too."""
    return [(decision, key, decision == proposed) for decision, key in keys.items()]
