"""Readers' hints: taken without an account or a cookie, and without keeping anything but the words.

Two things stand in for what a session would do. A signed token says that the form was fetched from here,
for this statement, not a moment ago and not yesterday. And limits hold back floods: for one sender by a keyed
hash of the network's address, which is forgotten after an hour and never stored; for a statement and for all
of them by the stored hints, which no second worker, proxy or change of address can undo.
"""

import datetime

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges.models import Hint, HintAbout, Statement
from pledges.models.workbench import HintQuerySet
from pledges.senders import PERIOD_SECONDS, note_sent, number_sent, sender_of
from pledges.versions import let_others_wait

_SALT = "pledges.hints"
# Nobody reads a form and writes a sentence faster; programs do.
SOONEST = datetime.timedelta(seconds=3)
LATEST = datetime.timedelta(hours=12)

PERIOD = datetime.timedelta(seconds=PERIOD_SECONDS)
MOST_OF_ONE_SENDER = 5
MOST_ON_ONE_STATEMENT = 10
MOST_IN_ALL = 100


def make_token(statement: Statement) -> str:
    """Return what the form has to bring back to be heard."""
    return signing.TimestampSigner(salt=_SALT).sign(statement.key)


class Words(forms.CharField):
    """Long text; browsers count a line break as one letter and send two."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class HintForm(forms.Form):
    """A hint as readers write it. `website` is a trap: people don't see it, programs fill it in."""

    about = forms.ChoiceField(choices=HintAbout, widget=forms.RadioSelect, label=_("Was stimmt nicht?"))
    words = Words(max_length=1000, label=_("Ihr Hinweis"))
    website = forms.CharField(required=False, label=_("Dieses Feld bitte frei lassen"))
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, statement: Statement, data: dict | None = None) -> None:
        self.statement = statement
        self.fresh_token = make_token(statement)
        super().__init__(data, auto_id="hinweis-%s")

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_("Dieses Feld muss leer bleiben; es hält automatische Einsendungen fern."))
        return ""

    def clean_token(self) -> str:
        """Refuse what comes too soon, too late or from elsewhere; the page then has a token to send again."""
        token = self.cleaned_data["token"]
        signer = signing.TimestampSigner(salt=_SALT)
        try:
            key = signer.unsign(token, max_age=LATEST)
        except signing.BadSignature as error:
            raise ValidationError(
                _("Die Seite war zu lange offen. Bitte senden Sie den Hinweis noch einmal ab.")
            ) from error
        if key != self.statement.key:
            raise ValidationError(_("Bitte senden Sie den Hinweis noch einmal ab."))
        self.fresh_token = token
        if _is_younger(signer, token, SOONEST):
            raise ValidationError(_("Das ging sehr schnell. Bitte senden Sie den Hinweis noch einmal ab."))
        return token


def take_hint(statement: Statement, form: HintForm, request: HttpRequest) -> Hint | None:
    """Store a hint, only once what is sent twice; None where a limit is reached, and nothing is stored."""
    about, words = form.cleaned_data["about"], form.cleaned_data["words"]
    same = Hint.objects.open().filter(statement=statement, about=about, words=words)
    if known := _latest(same):
        return known
    sender = sender_of(request, "hints")
    if _is_flooded(statement) or number_sent(sender) >= MOST_OF_ONE_SENDER:
        return None
    with transaction.atomic():
        let_others_wait()
        # The other half of a double click may have been stored while this one waited.
        if known := _latest(same):
            return known
        hint = Hint.objects.create(statement=statement, about=about, words=words, received_at=timezone.now())
    note_sent(sender)
    return hint


def _latest(hints: HintQuerySet) -> Hint | None:
    return hints.filter(received_at__gte=timezone.now() - PERIOD).first()


def _is_flooded(statement: Statement) -> bool:
    recent = Hint.objects.filter(received_at__gte=timezone.now() - PERIOD)
    found = recent.aggregate(all=Count("pk"), here=Count("pk", filter=Q(statement=statement)))
    return found["all"] >= MOST_IN_ALL or found["here"] >= MOST_ON_ONE_STATEMENT


def _is_younger(signer: signing.TimestampSigner, token: str, age: datetime.timedelta) -> bool:
    try:
        signer.unsign(token, max_age=age)
    except signing.SignatureExpired:
        return False
    return True
