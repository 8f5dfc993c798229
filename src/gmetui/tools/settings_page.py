"""Generates docs/reference/settings.md from the declared settings: `python -m gmetui.tools.settings_page > FILE`."""

from __future__ import annotations

from ..storage.settings import SETTINGS, Setting

_HEADER = """# Settings

This page is generated from `gmetui/storage/settings.py`.

Settings are in a small TOML file; `gmetui paths` prints where. gmetui writes it when you change a setting in the app,
and keeps your comments and unknown keys. `gmetui settings` shows every setting and reports mistakes. An invalid setting
is reported and otherwise ignored.

```toml
theme = "gmetui-light"
columns = ["institution", "length", "visa"]

[panes]
filters = 28

[keys]
save = "z"

[searches]
"Near home" = "kind:residency boston"
```

"""


def settings_page() -> str:
    """Return the page as Markdown."""
    rows = [f"| `{setting.key}` | {_expected(setting)} | {setting.description} |" for setting in SETTINGS]
    rows += [
        "| `[keys]` | text or a list of texts | keys by action id; see [Keys](../guide/keys.md) |",
        "| `[searches]` | text | saved searches by name |",
    ]
    return "\n".join([f"{_HEADER}| key | value | meaning |", "| --- | --- | --- |", *rows]) + "\n"


def _expected(setting: Setting) -> str:
    if setting.maximum:
        return f"{setting.expected} from {setting.minimum:,} to {setting.maximum:,}"
    return setting.expected


if __name__ == "__main__":
    print(settings_page(), end="")
