"""What is typed into dialogs until it is saved: it survives a failed save, a crash, and a terminal that goes away."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..errors import GmetuiError
from ..storage.atomic import write_atomic
from ..storage.regular_file import read_user_file
from ..storage.save_queue import SaveQueue
from ..text import format_date, sanitize

_MAX_BYTES = 4_000_000  # of one draft
_MAX_FILES = 200
_CLOSE_TIMEOUT = 1.0  # seconds


class _SavedText(NamedTuple):
    label: str
    text: str
    saved_at: str


class Drafts:
    """All drafts of one user, in memory and in a file each. `on_change` is called when `write` should be called soon.

    A draft that can't be written, because the disk is full, lasts as long as the application.
    """

    def __init__(self, directory: Path) -> None:
        """Read the drafts of earlier sessions."""
        self.on_change: Callable[[], None] = lambda: None
        self._directory = directory
        self._saved: dict[str, _SavedText] = {}
        self._changed_keys: set[str] = set()
        self._queue = SaveQueue()
        with suppress(OSError):
            for file in sorted(directory.glob("*.json"))[:_MAX_FILES]:
                self._read(file)

    def _read(self, file: Path) -> None:
        with suppress(GmetuiError, ValueError, KeyError, TypeError, RecursionError):
            content = json.loads(read_user_file(file, _MAX_BYTES) or b"")
            key, label, text, saved_at = (str(content[name]) for name in ("key", "label", "text", "saved_at"))
            if file == self._file(key):
                self._saved[key] = _SavedText(sanitize(label), sanitize(text, keep_newlines=True), sanitize(saved_at))

    def labels(self) -> list[str]:
        """Return what the drafts are about."""
        return [draft.label for draft in self._saved.values()]

    def draft(self, key: str, label: str) -> TextDraft:
        """Return the draft of one text; `label` says what it is about, such as "Note on Cardiology"."""
        return TextDraft(self, key, label)

    def get(self, key: str) -> str | None:
        """Return an unsaved text, None if there is none."""
        draft = self._saved.get(key)
        return draft.text if draft else None

    def saved_on(self, key: str) -> str:
        """Return the day on which a draft was typed, as people read it."""
        draft = self._saved.get(key)
        return format_date(draft.saved_at[:10]) if draft else ""

    def set(self, key: str, label: str, text: str | None) -> None:
        """Remember an unsaved text, or forget it (None)."""
        if text == self.get(key):
            return
        if text is None:
            del self._saved[key]
        else:
            self._saved[key] = _SavedText(label, text, datetime.now().astimezone().isoformat(timespec="seconds"))
        self._changed_keys.add(key)
        self.on_change()

    def write(self) -> None:
        """Write the drafts that have changed, in a thread."""
        keys, self._changed_keys = self._changed_keys, set()
        for key in sorted(keys):
            self._queue.submit(key, partial(self._write, key, self._saved.get(key)))

    def close(self) -> None:
        """Write the drafts that have changed, and wait for it a short time."""
        self.write()
        self._queue.wait(_CLOSE_TIMEOUT)

    def _write(self, key: str, draft: _SavedText | None) -> None:
        file = self._file(key)
        if draft is None:
            with suppress(OSError):
                file.unlink(missing_ok=True)
        else:
            with suppress(GmetuiError):
                write_atomic(file, json.dumps({"key": key, **draft._asdict()}))

    def _file(self, key: str) -> Path:
        import hashlib  # only for a draft, which few sessions have

        return self._directory / f"{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:24]}.json"


class TextDraft:
    """The draft of one text."""

    def __init__(self, drafts: Drafts, key: str, label: str) -> None:
        self._drafts = drafts
        self._key = key
        self._label = label

    @property
    def text(self) -> str | None:
        """What was typed and not saved, None if there is nothing."""
        return self._drafts.get(self._key)

    @property
    def day(self) -> str:
        """The day on which it was typed."""
        return self._drafts.saved_on(self._key)

    def update(self, text: str) -> None:
        """Remember what is typed."""
        self._drafts.set(self._key, self._label, text)

    def discard(self) -> None:
        """Forget it, since it is saved or no longer wanted."""
        self._drafts.set(self._key, self._label, None)
