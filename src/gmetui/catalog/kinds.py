"""The kinds of programs and of publishers, as types."""

from __future__ import annotations

from typing import Literal

Kind = Literal["residency", "fellowship", "combined", "other"]
Publisher = Literal["institution", "official", "third-party"]
