"""The root of the values of the query language: frozen, and compared by their fields.

These would be dataclasses, but importing `dataclasses` takes a third of the time in which Python starts, and each class
made by it half a millisecond.
"""

from __future__ import annotations

from ..lean_typing import Any, NoReturn, TypeVar

Value = TypeVar("Value", bound="FrozenValue")


class FrozenValue:
    """A value of the fields that `__slots__` names, of which the first `_compared_count` are compared, all if None."""

    __slots__: tuple[str, ...] = ()
    _compared_count: int | None = None

    def _set_fields(self, *values: object) -> None:
        for name, value in zip(self.__slots__, values, strict=True):
            object.__setattr__(self, name, value)

    def _compared(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__slots__[: self._compared_count])

    def replaced(self: Value, **changes: Any) -> Value:
        """Return a copy with other values of some fields."""
        return type(self)(**{name: changes.get(name, getattr(self, name)) for name in self.__slots__})

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"cannot set {name} of {type(self).__name__}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self._compared() == other._compared()

    def __hash__(self) -> int:
        return hash((type(self), *self._compared()))

    def __repr__(self) -> str:
        fields = (f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({', '.join(fields)})"
