"""How often somebody sent something lately, known for an hour, of each process by itself, and never stored.

Who it was isn't kept: a sender is a keyed hash of the network's address.
"""

import ipaddress

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

PERIOD_SECONDS = 60 * 60


def sender_of(request: HttpRequest, purpose: str) -> str | None:
    """Return the sender's name for this purpose; None where the network that it comes from isn't known.

    From the loopback address only a proxy speaks for others: what it was told last is what it saw itself.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if not address or address in ("127.0.0.1", "::1", "::ffff:127.0.0.1"):
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return None
    # As a server sees those of IPv4 that listens to both: without this they would all be one network.
    found = getattr(found, "ipv4_mapped", None) or found
    # Whoever has one address of IPv6 has the whole network of 64 bits.
    network = ipaddress.ip_network((found, 64 if found.version == 6 else 32), strict=False)
    return f"{purpose}-{salted_hmac(purpose, str(network), algorithm='sha256').hexdigest()}"


def number_sent(sender: str | None) -> int:
    """Return how often the sender was noted within the hour; 0 of one that isn't known."""
    return cache.get(sender, 0) if sender else 0


def note_sent(sender: str | None) -> None:
    if sender:
        cache.add(sender, 0, timeout=PERIOD_SECONDS)
        cache.incr(sender)
