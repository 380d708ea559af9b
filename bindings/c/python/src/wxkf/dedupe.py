"""Which pushes were here already."""

from __future__ import annotations

from ._handle import Record
from ._native import call, lend, lend_maybe, lib, made, maybe, moment, place, room, take, whole


class Dedupe(Record):
    """A memory of at most `capacity` pushes of all users, each for `horizon_ms`, for one process.

    WeChat repeats a push within a minute. One thread at a time uses it; others wait.
    """

    __slots__ = ()

    def __init__(self, capacity: int, horizon_ms: int, snapshot: bytes | None = None) -> None:
        super().__init__(None)
        out = place("wxkf_dedupe **")
        given = (whole("capacity", capacity), whole("horizon_ms", horizon_ms), lend_maybe("snapshot", snapshot))
        call(lib.wxkf_dedupe_new, *given, out)
        self._native = made(lib.wxkf_dedupe_free, out)

    def observe(self, key: str, now: int | None = None) -> int | None:
        """Takes note of a push by its dedupe key or any other text. `None` if it is new.

        Of a repeat it is when the push was here first, in milliseconds, which may be 0.
        """
        since = place("uint64_t *")
        self._step(lib.wxkf_dedupe_observe, lend("key", key), moment(now), since)
        return maybe(since[0])

    def forget(self, key: str) -> None:
        """Lets the next delivery in, because handling it failed."""
        self._step(lib.wxkf_dedupe_forget, lend("key", key))

    def __len__(self) -> int:
        """How many pushes it remembers."""
        with self._lock:
            return int(lib.wxkf_dedupe_len(self._open()))

    def __bool__(self) -> bool:
        return True

    def snapshot(self) -> bytes:
        """The memory in bytes."""
        out = room()
        self._step(lib.wxkf_dedupe_snapshot, out)
        return take(out)

    @classmethod
    def restore(cls, snapshot: bytes, capacity: int, horizon_ms: int) -> Dedupe:
        """Reads a snapshot. Of more pushes than `capacity` the latest are kept."""
        return cls(capacity, horizon_ms, snapshot)
