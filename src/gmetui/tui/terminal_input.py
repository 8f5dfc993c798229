"""What a terminal sends, made safe to parse: bytes that aren't UTF-8, and pastes of any length."""

from __future__ import annotations

from codecs import getincrementaldecoder

from textual.message import Message

MAX_PASTE_LENGTH = 100_000  # characters of one paste; no field needs more
_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"


class PasteTooLong(Message, bubble=False):
    """The end of a paste was cut off; `dropped_length` is the number of characters that are missing."""

    def __init__(self, dropped_length: int) -> None:
        self.dropped_length = dropped_length
        super().__init__()


class TerminalDecoder:
    """Decodes what is read from the terminal, piece by piece, and cuts off pastes that would freeze the screen.

    Bytes that aren't UTF-8, such as Latin-1 letters, C1 controls and old mouse reports, become U+FFFD.
    `dropped_length` is the number of characters that were cut off since the last call of `take_dropped_length`.
    """

    def __init__(self, max_paste_length: int = MAX_PASTE_LENGTH) -> None:
        self._decoder = getincrementaldecoder("utf-8")("replace")
        self._max_paste_length = max_paste_length
        self._is_pasting = False
        self._pasted_length = 0
        self._dropped_length = 0
        self._tail = ""  # the end of the last piece of a paste, if it may be the beginning of its end marker
        self._passed_end = ""  # the last characters passed on outside a paste, which may begin a start marker

    def decode(self, data: bytes, *, final: bool = False) -> str:
        """Return the text to parse."""
        text = self._tail + self._decoder.decode(data, final)
        self._tail = ""
        parts: list[str] = []
        while text:
            length = self._take_paste(text, parts, final) if self._is_pasting else self._take_keys(text, parts)
            text = text[length:]
        return "".join(parts)

    def _take_keys(self, text: str, parts: list[str]) -> int:
        """Pass text on up to the start of a paste, without delay: it may be the escape key. Return its length."""
        before = self._passed_end
        position = (before + text).find(_PASTE_START)
        length = len(text) if position < 0 else position + len(_PASTE_START) - len(before)
        parts.append(text[:length])
        self._is_pasting = position >= 0
        self._pasted_length = 0
        self._passed_end = "" if self._is_pasting else (before + text)[1 - len(_PASTE_START) :]
        return length

    def _take_paste(self, text: str, parts: list[str], final: bool) -> int:
        """Pass a paste on up to its end, as far as it isn't too long. Return the length of what was taken."""
        content, end_marker, _ = text.partition(_PASTE_END)
        if not end_marker and not final:
            self._tail = _partial_marker(content, _PASTE_END)
        kept_length = len(content) - len(self._tail)
        accepted = content[:kept_length][: max(0, self._max_paste_length - self._pasted_length)]
        self._pasted_length += kept_length
        self._dropped_length += kept_length - len(accepted)
        parts += (accepted, end_marker)
        self._is_pasting = not end_marker
        return len(content) + len(end_marker)

    def take_dropped_length(self) -> int:
        """Return how many characters were cut off since the last call."""
        dropped_length, self._dropped_length = self._dropped_length, 0
        return dropped_length


def _partial_marker(text: str, marker: str) -> str:
    """Return the end of `text` that may be the beginning of `marker`."""
    for length in range(min(len(marker) - 1, len(text)), 0, -1):
        if text.endswith(marker[:length]):
            return text[-length:]
    return ""
