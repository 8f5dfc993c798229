"""A container whose children cover all of it."""

from __future__ import annotations

from textual.containers import Container
from textual.geometry import Region
from textual.strip import Strip


class CoveredContainer(Container):
    """Draws nothing itself. Textual would draw every line of it again whenever a child changes."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return no lines, so that those of the children and of the screen are shown."""
        return []
