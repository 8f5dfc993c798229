"""Named tuples of our own are used like those of `typing`."""

from __future__ import annotations

import copy
import pickle
import typing

import pytest

from gmetui import lean_typing


class Lean(lean_typing.NamedTuple):
    """A place."""

    name: str
    numbers: tuple[int, ...] = ()
    parent: Lean | None = None

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return len(self.numbers)

    def __str__(self) -> str:
        return self.name


class Usual(typing.NamedTuple):
    """A place."""

    name: str
    numbers: tuple[int, ...] = ()
    parent: Usual | None = None


def test_values_are_those_of_a_named_tuple() -> None:
    lean, usual = Lean("a", parent=Lean("b", (1, 2))), Usual("a", parent=Usual("b", (1, 2)))
    assert tuple(lean) == tuple(usual) == ("a", (), ("b", (1, 2), None))
    assert hash(lean) == hash(usual)
    assert repr(lean) == repr(usual).replace("Usual", "Lean")
    assert str(lean) == lean.name == "a"
    assert lean.parent is not None
    assert lean.parent.size == 2
    assert lean._asdict() == usual._asdict()
    assert tuple(lean._replace(name="c")) == tuple(usual._replace(name="c"))
    assert Lean._make(("a", (), None)) == ("a", (), None)
    assert copy.copy(lean) == copy.deepcopy(lean) == pickle.loads(pickle.dumps(lean)) == lean
    assert (Lean._fields, Lean._field_defaults) == (Usual._fields, Usual._field_defaults)
    assert (Lean.__doc__, Lean.__name__, Lean.__module__) == ("A place.", "Lean", __name__)
    match lean:
        case Lean(name, ()):
            assert name == "a"


def test_wrong_values_are_refused() -> None:
    for arguments, keywords in (((), {}), (("a", (), None, 4), {}), (("a",), {"name": "b"}), (("a",), {"size": 1})):
        with pytest.raises(TypeError):
            Lean(*arguments, **keywords)
    with pytest.raises((TypeError, ValueError)):
        Lean("a")._replace(size=1)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        Lean("a").name = "b"  # type: ignore[misc]
    with pytest.raises(TypeError):
        Lean._make(("a", (), None, 4))


def test_subclasses_and_type_variables_are_those_of_python() -> None:
    class Longer(Lean):
        """A subclass with a method."""

        def twice(self) -> str:
            return 2 * super().__str__()

    assert Longer("ab").twice() == "abab"
    assert str(lean_typing.cast("int", "x")) == "x"
