"""The one-time link."""

from __future__ import annotations

import pytest

pytest.importorskip("aiohttp")

from gmetui.web.link import LEASE, OneTimeLink, is_preview


class Clock:
    """A clock that moves when told."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_link_gives_one_secret() -> None:
    link = OneTimeLink()
    secret = link.redeem(link.token)
    assert secret
    assert link.matches(secret)
    assert link.redeem(link.token) is None
    assert link.matches(secret)


@pytest.mark.parametrize("token", ["", "guess", "\u00e9", "\udcff"])
def test_a_wrong_token_gives_nothing(token: str) -> None:
    link = OneTimeLink()
    assert link.redeem(token) is None
    assert not link.matches(token)
    assert link.redeem(link.token) is not None


def test_a_link_that_opened_no_explorer_works_again_after_the_lease() -> None:
    clock = Clock()
    link = OneTimeLink(clock)
    preview_secret = link.redeem(link.token)
    assert preview_secret is not None
    clock.seconds += LEASE + 1
    secret = link.redeem(link.token)
    assert secret is not None
    assert not link.matches(preview_secret)
    assert link.matches(secret)


def test_a_link_that_opened_an_explorer_never_works_again() -> None:
    clock = Clock()
    link = OneTimeLink(clock)
    link.redeem(link.token)
    link.spend()
    clock.seconds += 1000 * LEASE
    assert link.redeem(link.token) is None


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, False),
        ({"User-Agent": "Mozilla/5.0 Firefox/150.0", "Sec-Fetch-Dest": "document"}, False),
        ({"User-Agent": "Slackbot-LinkExpanding 1.0"}, True),
        ({"User-Agent": "facebookexternalhit/1.1"}, True),
        ({"Sec-Purpose": "prefetch;prerender"}, True),
        ({"Sec-Fetch-Dest": "iframe"}, True),
        ({"X-Moz": "prefetch"}, True),
    ],
)
def test_previews_are_recognized(headers: dict[str, str], expected: bool) -> None:
    assert is_preview("GET", headers) is expected
    assert is_preview("HEAD", headers)
