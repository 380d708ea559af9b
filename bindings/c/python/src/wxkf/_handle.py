"""Objects that live in the library."""

from __future__ import annotations

from _thread import allocate_lock

from ._errors import WxkfError
from ._native import call

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

    from typing_extensions import Self


class Handle:
    """Something that lives in the library. `close()`, the end of a `with`, or the garbage collector frees it."""

    __slots__ = ("_native", "__weakref__")
    _native: Any

    def close(self) -> None:
        """Gives its memory back. To call it again changes nothing. A call that another thread is in ends first."""
        # The call holds a reference of its own, and whoever lets go last frees.
        self._native = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce_ex__(self, protocol: object) -> Any:
        # For copy and pickle alike: two of them would be one object, and none of them could leave the process.
        raise TypeError(f"{type(self).__name__} lives in the library and is not copied: a record has snapshot()")

    def _open(self) -> Any:
        native = self._native
        if native is None:
            raise WxkfError("binding.freed", "caller", "the object was closed")
        return native


class Record(Handle):
    """A handle that only one thread at a time may use: the others wait."""

    __slots__ = ("_lock",)

    def __init__(self, native: Any) -> None:
        self._native = native
        self._lock = allocate_lock()

    def _step(self, function: Any, *given: Any) -> None:
        with self._lock:
            call(function, self._open(), *given)
