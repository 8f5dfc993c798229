"""Every declared action has a method where `contexts` says that it works."""

from __future__ import annotations

import pytest
from textual.actions import parse
from textual.dom import DOMNode

from gmetui.catalog.catalog import Catalog
from gmetui.tui.actions import ACTIONS, ACTIONS_BY_ID
from gmetui.tui.contexts import GLOBAL_ACTIONS, PANES, SCREEN_LAYOUTS, locate_action
from gmetui.tui.global_dialogs import GLOBAL_DIALOGS
from support import make_app


def has_action_method(node: DOMNode, screen: DOMNode, command: str) -> bool:
    """Return whether a command has a method, on the screen if it says so."""
    namespace, name, _ = parse(command)
    return hasattr(screen if namespace == "screen" else node, f"action_{name}")


@pytest.mark.parametrize("screen_name", SCREEN_LAYOUTS)
async def test_actions_have_methods(catalog: Catalog, screen_name: str) -> None:
    app = make_app(catalog)
    async with app.run_test(size=(130, 40)) as pilot:
        app.action_open_screen(screen_name)
        await pilot.pause()
        screen, layout = app.screen, SCREEN_LAYOUTS[screen_name]
        nodes = [(screen, layout.actions), (app, GLOBAL_ACTIONS)]
        nodes += [(screen.query_one(f"#{pane_id}"), PANES[pane_id].actions) for pane_id in layout.panes]
        missing = [
            (action_id, str(node))
            for node, action_ids in nodes
            for action_id in action_ids
            if not has_action_method(node, screen, ACTIONS_BY_ID[action_id].command)
        ]
        assert not missing


def test_global_dialogs_exist() -> None:
    commands = [parse(action.command) for action in ACTIONS]
    assert {parameters[0] for _, name, parameters in commands if name == "show_dialog"} == set(GLOBAL_DIALOGS)


@pytest.mark.parametrize("action_id", ACTIONS_BY_ID)
def test_actions_can_be_located(action_id: str) -> None:
    screen_name, pane_id = locate_action(action_id, "explore", "programs")
    if screen_name:
        layout = SCREEN_LAYOUTS[screen_name]
        assert action_id in (PANES[pane_id].actions if pane_id else layout.actions)
    else:
        assert action_id in GLOBAL_ACTIONS
