"""What may be sent to one user."""

from __future__ import annotations

from ._errors import invalid
from ._handle import Record
from ._native import (
    NONE, call, integer, lend, lend_json, lend_maybe, lib, made, maybe, maybe_text, moment, place, room, take, text,
    whole,
)
from ._value import Value
from .received import Received

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Literal, Union

    from .received import Trigger

    Policy = Union[Literal["mini_program", "official_account"], Mapping[str, Any]]
    Settlement = Literal["delivered", "not_sent", "unknown", "quota_exhausted", "window_closed", "enter_revoked"]
    TypingSettlement = Literal[
        "delivered", "already_typing", "no_recent_message", "not_sent", "unknown", "window_closed"
    ]
    Observation = Literal["repeat", "overflow"]

# By WXKF_NEW, WXKF_REPEAT and WXKF_OVERFLOW.
OBSERVATIONS: tuple[Observation | None, ...] = (None, "repeat", "overflow")


class Conversation(Record):
    """What may be sent to one user of one account: window, quota, typing and repeats, in one record.

    Load it, take one step, save the snapshot, and act on what the step said only then. `policy` is the name of a
    preset, or a mapping with `preset` and what differs; without a snapshot nothing is known of the user. One thread at
    a time uses it; others wait.
    """

    __slots__ = ()

    def __init__(self, policy: Policy, snapshot: bytes | None = None) -> None:
        super().__init__(None)
        out = place("wxkf_conversation **")
        call(lib.wxkf_conversation_new, lend_json("policy", policy), lend_maybe("snapshot", snapshot), out)
        self._native = made(lib.wxkf_conversation_free, out)

    def observe(self, received: Received, now: int | None = None) -> Observation | None:
        """Takes note of what was received. `None` if it is new: handle it.

        Of a `repeat` answer `success`, and do nothing. Of an `overflow` nobody knows: so many pushes of this user came
        within a minute that there is no room to note this one. Ask a `Dedupe`, or do not handle it.
        """
        seen = place("wxkf_observation *")
        if not isinstance(received, Received):
            raise TypeError(f"received: expected Received, not {type(received).__name__}")
        self._step(lib.wxkf_conversation_observe, received._open(), moment(now), seen)
        return _observed(seen)

    def observe_push(
        self, key: str, trigger: Trigger | None = None, at: int | None = None, now: int | None = None
    ) -> Observation | None:
        """The same of a push that is known in another way; `at` is when it happened.

        `key` is a dedupe key, or any other text that is the same for every delivery.
        """
        seen = place("wxkf_observation *")
        given = (lend("key", key), lend_maybe("trigger", trigger), NONE if at is None else whole("at", at))
        self._step(lib.wxkf_conversation_observe_push, *given, moment(now), seen)
        return _observed(seen)

    def forget(self, key: str) -> None:
        """Lets the next delivery of a push in, because handling it failed. It grants nothing again."""
        self._step(lib.wxkf_conversation_forget, lend("key", key))

    def reserve(self, now: int | None = None) -> Reservation | Refusal:
        """Holds one message, or says no. Save the record, send, and settle."""
        out = place("wxkf_reservation *")
        self._step(lib.wxkf_conversation_reserve, moment(now), out)
        return refusal(out.refusal) or Reservation(int(out.id), bool(out.sure))

    def settle(
        self, id: int, settlement: Settlement | None = None, *, errcode: int | None = None, now: int | None = None
    ) -> Settled:
        """Says what became of a message that was held: by name, or by the `errcode` that WeChat answered."""
        out = place("wxkf_settled *")
        if errcode is not None and settlement is None:
            given = (whole("id", id), integer("errcode", errcode), moment(now))
            self._step(lib.wxkf_conversation_settle_errcode, *given, out)
        elif errcode is None and settlement is not None:
            named = (whole("id", id), lend("settlement", settlement), moment(now))
            self._step(lib.wxkf_conversation_settle, *named, out)
        else:
            raise invalid("settlement", "a settlement or an errcode")
        return Settled(text(out.name), maybe(out.retry_after_ms))

    def start_typing(self, now: int | None = None) -> Refusal | None:
        """Asks whether typing may be shown, and takes note that it is. `None` if it may."""
        out = place("wxkf_refusal *")
        self._step(lib.wxkf_conversation_start_typing, moment(now), out)
        return refusal(out)

    def settle_typing(
        self, settlement: TypingSettlement | None = None, *, errcode: int | None = None, now: int | None = None
    ) -> None:
        """Says what came of showing it: by name, or by the `errcode` that WeChat answered."""
        if errcode is not None and settlement is None:
            self._step(lib.wxkf_conversation_settle_typing_errcode, integer("errcode", errcode), moment(now))
        elif errcode is None and settlement is not None:
            self._step(lib.wxkf_conversation_settle_typing, lend("settlement", settlement), moment(now))
        else:
            raise invalid("settlement", "a settlement or an errcode")

    def stop_typing(self) -> None:
        """Takes note that typing is shown no longer."""
        self._step(lib.wxkf_conversation_stop_typing)

    def sent_elsewhere(self, at: int | None = None, now: int | None = None) -> None:
        """Takes note of a message that this record did not hold. `at` is when WeChat accepted it; now unless given.

        Somebody wrote in the web console, or another program sent. Say it once of each.
        """
        when = NONE if at is None else whole("at", at)
        self._step(lib.wxkf_conversation_sent_elsewhere, when, moment(now))

    def allowance(self, now: int | None = None) -> Allowance:
        """How many messages may be sent."""
        out = place("wxkf_allowance *")
        self._step(lib.wxkf_conversation_allowance, moment(now), out)
        return Allowance(int(out.at_least), int(out.at_most), int(out.held), maybe(out.closes_at))

    def next_deadline(self) -> int | None:
        """When time alone changes something next, in milliseconds; `None` if never."""
        with self._lock:
            return maybe(lib.wxkf_conversation_next_deadline(self._open()))

    def keep_until(self) -> int | None:
        """Until when a store has to keep the record, in milliseconds; `None` if nothing is worth keeping."""
        with self._lock:
            return maybe(lib.wxkf_conversation_keep_until(self._open()))

    def snapshot(self) -> bytes:
        """The record in bytes: below 100 as a rule, 16 KiB at most. Equal records give equal bytes."""
        out = room()
        self._step(lib.wxkf_conversation_snapshot, out)
        return take(out)

    @classmethod
    def restore(cls, snapshot: bytes, policy: Policy) -> Conversation:
        """Reads a snapshot. The policy may be another one than before."""
        return cls(policy, snapshot)


def _observed(out: Any) -> Observation | None:
    number: int = out[0]
    return OBSERVATIONS[number]


def refusal(out: Any) -> Refusal | None:
    reason = maybe_text(out.reason)
    return None if reason is None else Refusal(reason, maybe(out.retry_at))


class Reservation(Value):
    """One message of the quota, held until it is settled by `id`. If it is not `sure`, it is worth a try."""

    __slots__ = ("id", "sure")
    id: int
    sure: bool

    def __init__(self, id: int, sure: bool) -> None:
        self._fill(id, sure)


class Refusal(Value):
    """A no of our own record. `retry_at` is when to ask again, in milliseconds; `None` if only the user changes it."""

    __slots__ = ("reason", "retry_at")
    reason: str
    retry_at: int | None

    def __init__(self, reason: str, retry_at: int | None) -> None:
        self._fill(reason, retry_at)


class Settled(Value):
    """What came of settling: `applied`, `stale` or `retry_after`.

    `stale` was settled or given up before. Of `retry_after` WeChat does not know of the user's message yet: send the
    same once more after `retry_after_ms`.
    """

    __slots__ = ("name", "retry_after_ms")
    name: str
    retry_after_ms: int | None

    def __init__(self, name: str, retry_after_ms: int | None) -> None:
        self._fill(name, retry_after_ms)


class Allowance(Value):
    """How many messages are safe to promise, worth a try, and held. `closes_at` is when the last window closes."""

    __slots__ = ("at_least", "at_most", "held", "closes_at")
    at_least: int
    at_most: int
    held: int
    closes_at: int | None

    def __init__(self, at_least: int, at_most: int, held: int, closes_at: int | None) -> None:
        self._fill(at_least, at_most, held, closes_at)
