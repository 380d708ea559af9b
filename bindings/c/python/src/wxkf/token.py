"""The access token."""

from __future__ import annotations

from ._handle import Record
from ._native import NONE, call, lend, lend_maybe, lib, made, maybe, maybe_text, moment, place, room, take, whole
from ._value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    Source = Literal["stable_token", "token", "authorizer"]


class TokenKeeper(Record):
    """The token of one account, in one record for all processes.

    Load it, take one step, save the snapshot, and act on what the step said only then. Only the source `authorizer`
    has a refresh token. One thread at a time uses it; others wait.
    """

    __slots__ = ()

    def __init__(self, source: Source = "stable_token", refresh_token: str | None = None) -> None:
        super().__init__(None)
        self._make(lib.wxkf_token_new, lend("source", source), lend_maybe("refresh_token", refresh_token))

    def step(self, now: int | None = None) -> Use | Fetch | Wait:
        """What to do now."""
        token, action = room(), place("wxkf_token_action *")
        self._step(lib.wxkf_token_step, moment(now), token, action)
        use = take(token)
        if use:
            return Use(use.decode())
        if action.fetch != NONE:
            return Fetch(int(action.fetch), bool(action.force))
        return Wait(int(action.wait_until))

    def fetched(
        self, id: int, token: str, expires_in_s: int, refresh_token: str | None = None, now: int | None = None
    ) -> bool:
        """Says what was fetched, with WeChat's `expires_in`. `False` if that fetch has been replaced since."""
        given = (whole("id", id), lend("token", token), whole("expires_in_s", expires_in_s))
        return self._applied(lib.wxkf_token_fetched, *given, lend_maybe("refresh_token", refresh_token), moment(now))

    def fetch_failed(self, id: int, failure: str = "temporary", now: int | None = None) -> bool:
        """Says that fetching failed: `temporary`, `misconfigured`, or the kind of the rejection, which says so.

        `False` if that fetch has been replaced since.
        """
        return self._applied(lib.wxkf_token_fetch_failed, whole("id", id), lend("failure", failure), moment(now))

    def rejected(self, token: str, now: int | None = None) -> bool:
        """Says that WeChat refused a call because of this token (`token_rejected`). `False` if it was replaced."""
        return self._applied(lib.wxkf_token_rejected, lend("token", token), moment(now))

    @property
    def refresh_token(self) -> str | None:
        """The refresh token of an authorizer: whoever loses it loses the account."""
        with self._lock:
            native = self._open()
            return maybe_text(lib.wxkf_token_refresh_token(native))

    def next_deadline(self) -> int | None:
        """When time alone changes something next, in milliseconds; `None` if never."""
        with self._lock:
            return maybe(lib.wxkf_token_next_deadline(self._open()))

    def snapshot(self) -> bytes:
        """The record in bytes. The token is in it: keep it like the app secret."""
        out = room()
        self._step(lib.wxkf_token_snapshot, out)
        return take(out)

    @classmethod
    def restore(cls, snapshot: bytes) -> TokenKeeper:
        """Reads a snapshot."""
        keeper = cls.__new__(cls)
        Record.__init__(keeper, None)
        keeper._make(lib.wxkf_token_restore, lend("snapshot", snapshot))
        return keeper

    def _make(self, function: Any, *given: Any) -> None:
        out = place("wxkf_token **")
        call(function, *given, out)
        self._native = made(lib.wxkf_token_free, out)

    def _applied(self, function: Any, *given: Any) -> bool:
        applied = place("bool *")
        self._step(function, *given, applied)
        return bool(applied[0])


class Use(Value):
    """There is a token: call with it."""

    __slots__ = ("token",)
    token: str

    def __init__(self, token: str) -> None:
        self._fill(token)

    def __repr__(self) -> str:
        # It would end in a log.
        return "Use(token=…)"


class Fetch(Value):
    """Fetch one, once the record is saved; nobody else does. `force` asks `stable_token` with `force_refresh`."""

    __slots__ = ("id", "force")
    id: int
    force: bool

    def __init__(self, id: int, force: bool) -> None:
        self._fill(id, force)


class Wait(Value):
    """Somebody else is fetching, or it failed just now: ask again at `until`, in milliseconds."""

    __slots__ = ("until",)
    until: int

    def __init__(self, until: int) -> None:
        self._fill(until)
