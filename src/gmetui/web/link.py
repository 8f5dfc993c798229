"""The link that opens the explorer: it works once, and gives the tab an address of its own.

A cookie would be sent to every port of 127.0.0.1, where programs of other users may listen, and two servers would
overwrite each other's. So the secret of a tab is a part of its address instead, which the browser tells nobody:
pages are sent with `Referrer-Policy: no-referrer`.
"""

from __future__ import annotations

import hmac
import re
import secrets
import time
from collections.abc import Callable, Mapping

#: Seconds in which a page must open the explorer. A link that was followed by something else works again after them.
LEASE = 5.0
_PREVIEWS = re.compile(r"bot\b|preview|crawl|spider|externalhit|whatsapp|skype|scanner", re.IGNORECASE)


class OneTimeLink:
    """The token of the link, and the secret that it was exchanged for."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.token = secrets.token_urlsafe(24)
        self._clock = clock
        self._secret = secrets.token_urlsafe(24)
        self._redeemed_at: float | None = None
        self._is_spent = False

    def redeem(self, token: str) -> str | None:
        """Return the secret for a tab, or None if the token is wrong or was used.

        A token is used once a page has opened the explorer. Before that, it works again when the lease is over.
        """
        if not self.is_token(token) or self._is_spent:
            return None
        current_time = self._clock()
        if self._redeemed_at is not None and current_time - self._redeemed_at < LEASE:
            return None
        self._redeemed_at, self._secret = current_time, secrets.token_urlsafe(24)
        return self._secret

    def is_token(self, text: str) -> bool:
        """Tell whether a text is the token of the link, used or not."""
        return hmac.compare_digest(text.encode("utf-8", "replace"), self.token.encode())

    def spend(self) -> None:
        """Make the link invalid, because a page has opened the explorer."""
        self._is_spent = True

    def matches(self, secret: str) -> bool:
        """Tell whether an address has the secret that the link was exchanged for."""
        return hmac.compare_digest(secret.encode("utf-8", "replace"), self._secret.encode())


def is_preview(method: str, headers: Mapping[str, str]) -> bool:
    """Tell whether something other than a tab follows the link: a scanner, a prefetch, a messenger's preview."""
    purposes = (headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"))
    return (
        method != "GET"
        or any("prefetch" in purpose or "preview" in purpose for purpose in purposes)
        or headers.get("Sec-Fetch-Dest", "document") != "document"
        or _PREVIEWS.search(headers.get("User-Agent", "")) is not None
    )
