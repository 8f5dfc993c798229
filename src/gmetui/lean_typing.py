"""What type checkers need of `typing`, without importing it, which takes a third of the time in which Python starts.

To a type checker, these are the names of `typing`. When gmetui runs, they do as little as possible: annotations are
never evaluated. A `NamedTuple` is used like that of `typing`, and is made in a sixth of the time.

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
    from typing import Protocol as Protocol
    from typing import TypeVar as TypeVar
    from typing import cast as cast
    from typing import overload as overload
else:
    from collections import namedtuple
    from types import FunctionType

    IO = Any = ClassVar = NoReturn = Protocol = object

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

    _MAX_FIELDS = 30
    _numbered = namedtuple("_numbered", [f"field_{number}" for number in range(_MAX_FIELDS)])
    #: Descriptors that return the value of a tuple at each position, as fast as an attribute is.
    _GETTERS = [vars(_numbered)[field] for field in _numbered._fields]
    #: A function that makes a tuple of as many values as its position says, compiled when it is first needed.
    _MAKERS = [None] * (_MAX_FIELDS + 1)

    def _maker(fields: tuple[str, ...], defaults: tuple[object, ...]) -> FunctionType:
        """Return a function that makes a tuple of values with these names: one of as many values, renamed."""
        maker = _MAKERS[len(fields)]
        if maker is None:
            names = "".join(f", field_{number}" for number in range(len(fields)))
            source = f"lambda cls{names}: make_tuple(cls, ({names[2:]},))"
            maker = _MAKERS[len(fields)] = eval(source, {"make_tuple": tuple.__new__})  # noqa: S307
        code = maker.__code__.replace(co_varnames=("cls", *fields))
        return FunctionType(code, maker.__globals__, "__new__", defaults)

    class _Fields(tuple):
        """What all named tuples can do."""

        __slots__ = ()
        _fields: tuple[str, ...] = ()

        @classmethod
        def _make(cls, values: object) -> tuple:
            return cls(*values)

        def _replace(self, **values: object) -> tuple:
            return type(self)(**{**self._asdict(), **values})

        def _asdict(self) -> dict[str, object]:
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self) -> tuple:
            return tuple(self)

        def __repr__(self) -> str:
            values = ", ".join(f"{field}={value!r}" for field, value in self._asdict().items())
            return f"{type(self).__name__}({values})"

    class _NamedTupleType(type):
        """Makes a named tuple of a class statement. Its fields are what is annotated."""

        def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, object]) -> type:
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = tuple(namespace.get("__annotations__", ()))
            defaults = {field: namespace[field] for field in fields if field in namespace}
            namespace.update(zip(fields, _GETTERS, strict=False))
            namespace |= {"__slots__": (), "_fields": fields, "_field_defaults": defaults, "__match_args__": fields}
            namespace["__new__"] = _maker(fields, tuple(defaults.values()))
            return type(name, (_Fields,), namespace)

    class NamedTuple(metaclass=_NamedTupleType):
        """The base of named tuples."""
