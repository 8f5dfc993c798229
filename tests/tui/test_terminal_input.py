"""Decoding what a terminal sends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gmetui.tui.terminal_input import TerminalDecoder

PASTE = b"\x1b[200~0123456789\x1b[201~"


def decode_in_pieces(decoder: TerminalDecoder, data: bytes, size: int) -> str:
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    return "".join(map(decoder.decode, pieces)) + decoder.decode(b"", final=True)


@pytest.mark.parametrize("size", range(1, 12))
def test_pastes_are_cut_off_wherever_the_pieces_end(size: int) -> None:
    decoder = TerminalDecoder(max_paste_length=4)
    assert decode_in_pieces(decoder, b"a" + PASTE + b"b" + PASTE + b"c", size) == (
        "a\x1b[200~0123\x1b[201~b\x1b[200~0123\x1b[201~c"
    )
    assert decoder.take_dropped_length() == 12
    assert decoder.take_dropped_length() == 0


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xff", "\ufffd"),
        (b"\xe9a", "\ufffda"),
        (b"\x9b31m", "\ufffd31m"),
        ("é".encode()[:1], "\ufffd"),
        (b"\x1b[M \xff\xfe", "\x1b[M \ufffd\ufffd"),
        (b"\x1b", "\x1b"),
    ],
)
def test_bytes_that_are_not_utf_8_are_replaced(data: bytes, text: str) -> None:
    assert decode_in_pieces(TerminalDecoder(), data, 1) == text


def test_escape_is_passed_on_at_once() -> None:
    assert TerminalDecoder().decode(b"\x1b") == "\x1b"


@given(st.text(), st.integers(1, 9))
def test_valid_text_is_passed_on_unchanged(text: str, size: int) -> None:
    data = text.encode("utf-8", "replace")
    assert decode_in_pieces(TerminalDecoder(), data, size) == data.decode()


@given(st.binary(), st.integers(1, 9))
def test_any_bytes_can_be_decoded(data: bytes, size: int) -> None:
    decode_in_pieces(TerminalDecoder(max_paste_length=3), data, size)
