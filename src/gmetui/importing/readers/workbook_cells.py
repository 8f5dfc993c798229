"""What the cells of an Excel workbook show: the styles that make a number a date, and the texts of cells."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from .workbook_xml import PartHandler

#: Ids of the built-in number formats that show a date or a time.
_DATE_FORMAT_IDS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_FORMAT_LITERAL = re.compile(r'"[^"]*"|\[(?!hh?\]|mm?\]|ss?\])[^\]\[]*\]|[_\\*].')
_DATE_CODE = re.compile(r"[dmhysDMHYS]")
_MAX_SERIAL = 2_958_466  # the day after December 31, 9999
_FIRST_RELIABLE_SERIAL = 60  # Excel counts February 29, 1900, which was not a day


class StylesHandler(PartHandler):
    """Collects the indexes of the cell styles that show a date or a time. Only these two tables of styles matter."""

    def __init__(self) -> None:
        super().__init__(0)
        self._is_in_cell_styles = False
        self._style_count = 0
        self._date_formats = {str(format_id) for format_id in _DATE_FORMAT_IDS}
        self.date_styles: set[str] = set()

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Read a number format or a cell style."""
        if name == "numFmt":
            first_format = attributes.get("formatCode", "")[:1024].split(";", 1)[0]
            if _DATE_CODE.search(_FORMAT_LITERAL.sub("", first_format)):
                self._date_formats.add(attributes.get("numFmtId", ""))
        elif name == "cellXfs":
            self._is_in_cell_styles = True
        elif name == "xf" and self._is_in_cell_styles:
            if attributes.get("numFmtId") in self._date_formats:
                self.date_styles.add(str(self._style_count))
            self._style_count += 1

    def end(self, name: str) -> None:
        """Leave the table of cell styles."""
        if name == "cellXfs":
            self._is_in_cell_styles = False


class WorkbookCellDecoder:
    """Turns what a cell holds into the text that it shows, with dates in ISO 8601."""

    def __init__(self, shared_strings: list[str], date_styles: frozenset[str], epoch: datetime) -> None:
        self._shared_strings = shared_strings
        self._date_styles = date_styles
        self._epoch = epoch

    def __call__(self, text: str, cell_type: str, style: str) -> str:
        """Return what a cell shows, from its text in the file, its type and its style."""
        if cell_type == "s":
            return self._shared_string(text)
        if cell_type == "n":
            return self._number(text, style)
        if cell_type == "b":
            return "True" if text.strip() in ("1", "true") else "False"
        return _without_midnight(text) if cell_type == "d" else text

    def _shared_string(self, text: str) -> str:
        index = int(text) if text.isdecimal() and len(text) < 10 else len(self._shared_strings)
        if index >= len(self._shared_strings):
            raise ValueError("the workbook is damaged: it lacks the text of a cell")
        return self._shared_strings[index]

    def _number(self, text: str, style: str) -> str:
        if style not in self._date_styles and text.removeprefix("-").isdecimal():
            return text
        try:
            number = float(text)
        except ValueError:
            return text
        if style in self._date_styles and 0 <= number < _MAX_SERIAL:
            return self._date(number)
        return str(number) if math.isfinite(number) else text

    def _date(self, serial: float) -> str:
        if serial < 1:
            return str((self._epoch + _duration(serial)).time())
        if serial < _FIRST_RELIABLE_SERIAL and self._epoch.year == 1899:
            serial += 1
        try:
            return _without_midnight((self._epoch + _duration(serial)).isoformat())
        except OverflowError:
            return str(serial)


def _duration(serial: float) -> timedelta:
    """Return days as Excel shows them: to the second."""
    return timedelta(seconds=round(serial * 86_400))


def _without_midnight(text: str) -> str:
    return text.removesuffix("T00:00:00")
