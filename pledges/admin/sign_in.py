"""The sign-in, at which nobody can try passwords for long."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pledges.senders import note_sent, number_sent, sender_of

# Of a network within an hour, for each worker: an office that shares an address may mistype a few times.
# No account is ever locked, as then anybody could lock out who they like.
MOST_WRONG = 20

TOO_MANY = _(
    "Von Ihrem Anschluss kamen zu viele Anmeldungen, die nicht stimmten. Bitte versuchen Sie es in einer "
    "Stunde noch einmal."
)


class SignInForm(AdminAuthenticationForm):
    def clean(self) -> dict[str, Any]:
        """As Django's own; what is refused counts, and after so many no password is looked at any more."""
        sender = sender_of(self.request, "sign-in") if self.request else None
        if number_sent(sender) >= MOST_WRONG:
            raise ValidationError(TOO_MANY, "too_many")
        try:
            return super().clean()
        except ValidationError:
            note_sent(sender)
            raise


admin.site.login_form = SignInForm
