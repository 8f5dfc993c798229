"""What type checkers need of `typing`, without importing it, which takes a third of the time in which Python starts.

To a type checker, these are the names of `typing`. When gmetui runs, they do as little as possible: annotations are
never evaluated. A `NamedTuple` is what that of `typing` is, and is made in half the time.

The modules that every command imports take their names from here. Classes that `msgspec` decodes need `typing`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO as IO
    from typing import Any as Any
    from typing import ClassVar as ClassVar
    from typing import Literal as Literal
    from typing import NamedTuple as NamedTuple
    from typing import NewType as NewType
    from typing import NoReturn as NoReturn
    from typing import TypeVar as TypeVar
    from typing import cast as cast
    from typing import overload as overload
else:
    from collections import namedtuple

    IO = Any = ClassVar = NoReturn = object

    class Literal:
        """Some texts."""

        def __class_getitem__(cls, _: object) -> type:
            """Return their type."""
            return str

    def NewType(_: str, base: type) -> type:  # noqa: N802
        """Return the type that a new one is based on."""
        return base

    def TypeVar(name: str, **_: object) -> str:  # noqa: N802
        """Return what stands for a type in the bases of a class."""
        return name

    def cast(_: object, value: object) -> object:
        """Return a value."""
        return value

    def overload(function: object) -> object:
        """Return a function, which the next one of its name replaces."""
        return function

    class _NamedTupleType(type):
        """Makes a named tuple of a class statement. Its fields are what is annotated."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, object]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = namespace.get("__annotations__", {})
            defaults = [namespace.pop(field) for field in fields if field in namespace]
            named_tuple = namedtuple(name, fields, defaults=defaults, module=namespace.pop("__module__"))
            for key, value in namespace.items():
                setattr(named_tuple, key, value)
            return named_tuple

    class NamedTuple(metaclass=_NamedTupleType):
        """The base of named tuples."""
