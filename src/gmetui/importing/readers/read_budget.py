"""The processor time that reading one file may take, in proportion to its size.

The other limits bound what a reader keeps at once. This one bounds the sum of all work, wherever a file makes it.
"""

from __future__ import annotations

import time

_BASE_SECONDS, _BASE_BYTES = 6.0, 5 * 1024 * 1024
_SECONDS_PER_BYTE = 4.0 / (1024 * 1024)
_CHECK_INTERVAL = 64  # rows


class ReadBudget:
    """The processor time that a file of `file_bytes` may take, including what is done with its rows.

    A list of 14,000 programs (5 MB) takes a quarter of the time. Only this thread's processor time counts, so that a
    busy machine changes nothing.
    """

    def __init__(self, file_bytes: int) -> None:
        self._seconds = _BASE_SECONDS + max(0, file_bytes - _BASE_BYTES) * _SECONDS_PER_BYTE
        self._end = time.thread_time() + self._seconds
        self._rows = 0

    def count_row(self) -> None:
        """Count a row. Raises `ValueError` when the file takes too long."""
        self._rows += 1
        if self._rows % _CHECK_INTERVAL == 0:
            self.check_time()

    def check_time(self) -> None:
        """Raise `ValueError` when the file takes too long."""
        if time.thread_time() > self._end:
            raise ValueError(f"reading it takes more than {self._seconds:.0f} seconds; split it into smaller files")
