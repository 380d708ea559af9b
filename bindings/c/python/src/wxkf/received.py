"""What was received."""

from __future__ import annotations

from ._abi import ffi
from ._errors import WxkfError
from ._handle import Handle
from ._native import NO_INDEX, NONE, NULL, call, lend, lib, maybe_text, parse, room, take
from ._value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from ._native import Data

    Trigger = Literal["message", "enter", "menu", "subscribe", "scan", "pay", "unsubscribe"]

# Looked up once: they are on the way of every push.
_new, _buffer, _view = ffi.new, ffi.buffer, lib.wxkf_received_view
_VIEW = ffi.typeof("wxkf_view *")


class Received(Handle):
    """A push that was verified, opened and decoded. Any number of threads may read it. Fields are read when asked for.

    `Account.receive` makes it. What was read of it stays when it is closed.
    """

    __slots__ = ("_seen",)
    _seen: Any

    def __init__(self, native: Any) -> None:
        self._native = native
        self._seen = None

    @property
    def from_user(self) -> str | None:
        """`FromUserName`: the user, by openid."""
        return self._text("from")

    @property
    def to_user(self) -> str | None:
        """`ToUserName`: the account."""
        return self._text("to")

    @property
    def msg_id(self) -> str | None:
        """`MsgId`, of a message."""
        return self._text("msg_id")

    @property
    def kind(self) -> str:
        """What it is: `text`, `image`, …, `event.subscribe`, …, `unknown`."""
        return self._text("kind") or ""

    @property
    def trigger(self) -> Trigger | None:
        """What it grants; `None` if nothing."""
        return self._text("trigger")  # type: ignore[return-value]

    @property
    def content(self) -> str | None:
        """`Content`, of a text."""
        native = self._native or self._open()
        it = (self._seen or self._look(native)).content
        return str(_buffer(it.ptr, it.len), "utf-8") if it.len else maybe_text(it)

    @property
    def event(self) -> str | None:
        """`Event`, of an event."""
        return self._text("event")

    @property
    def event_key(self) -> str | None:
        """`EventKey`, of an event."""
        return self._text("event_key")

    @property
    def format(self) -> Literal["xml", "json"]:
        """What it was written in."""
        return self._text("format")  # type: ignore[return-value]

    @property
    def plaintext(self) -> bytes:
        """The message as it was written."""
        native = self._open()
        it = (self._seen or self._look(native)).plaintext
        return bytes(_buffer(it.ptr, it.len)) if it.len else b""

    @property
    def created(self) -> int | None:
        """`CreateTime`, in milliseconds."""
        at = int(self._look(self._open()).created)
        return None if at == NONE else at

    @property
    def key_index(self) -> int | None:
        """Which key opened it, 0 being the current one; `None` if it was not sealed."""
        index = int(self._look(self._open()).key_index)
        return None if index == NO_INDEX else index

    @property
    def token_index(self) -> int:
        """Which token signed it, 0 being the current one."""
        return int(self._look(self._open()).token_index)

    @property
    def sealed(self) -> bool:
        """Whether the signature covers the message. Of a plain push it does not."""
        return bool(self._look(self._open()).sealed)

    @property
    def wants_err_code(self) -> bool:
        """Whether its answer has to be `err_code`: WeChat repeats such an event for a day otherwise."""
        return bool(self._look(self._open()).wants_err_code)

    def field(self, name: str) -> str | None:
        """The text of an element of the message by its name on the wire, such as `MediaId`."""
        native = self._open()
        return maybe_text(lib.wxkf_received_field(native, lend("name", name)))

    @property
    def dedupe_key(self) -> str:
        """What the message is known by when it comes again: a text for a store."""
        return self._ask(lib.wxkf_received_dedupe_key)

    @property
    def reply_to(self) -> str:
        """What its answer has to match, as a text that may be kept: for `Account.reply`."""
        return self._ask(lib.wxkf_received_reply_to)

    @property
    def inbound(self) -> dict[str, Any]:
        """The whole message; `created` is in seconds, as WeChat writes it, and `content` has the typed fields."""
        return parse(self.inbound_json)  # type: ignore[no-any-return]

    @property
    def inbound_json(self) -> str:
        """`inbound` as JSON."""
        return self._ask(lib.wxkf_received_inbound)

    @property
    def tree(self) -> Any:
        """Everything in the message; a JSON number that is not whole is a `Decimal`."""
        return parse(self.tree_json)

    @property
    def tree_json(self) -> str:
        """`tree` as JSON, with numbers in their exact text."""
        return self._ask(lib.wxkf_received_tree)

    def __repr__(self) -> str:
        return "Received(closed)" if self._native is None else f"Received({self.kind!r}, from_user={self.from_user!r})"

    def _look(self, native: Any) -> Any:
        """The view, read once. What it borrows stays while the caller holds `native`."""
        seen = self._seen
        if seen is None:
            seen = _new(_VIEW)
            # An error of its own is not wanted: with a handle there is nothing that could fail.
            if _view(native, seen, NULL):
                raise WxkfError("binding.panicked", "caller", "a fault of the library ended the call")
            self._seen = seen
        return seen

    def _text(self, name: str) -> str | None:
        native = self._open()
        return maybe_text(getattr(self._look(native), name))

    def _ask(self, function: Any) -> str:
        out = room()
        call(function, self._open(), out)
        return take(out).decode()


class Decoded(Value):
    """A message that was decoded without a signature: nothing of it was verified."""

    __slots__ = ("json", "tree_json")
    #: `format` and `inbound` as JSON.
    json: str
    #: Everything in the message as JSON, with numbers in their exact text.
    tree_json: str

    def __init__(self, json: str, tree_json: str) -> None:
        self._fill(json, tree_json)

    @property
    def format(self) -> Literal["xml", "json"]:
        """What it was written in."""
        return parse(self.json)["format"]  # type: ignore[no-any-return]

    @property
    def inbound(self) -> dict[str, Any]:
        """The whole message, as `Received.inbound`."""
        return parse(self.json)["inbound"]  # type: ignore[no-any-return]

    @property
    def tree(self) -> Any:
        """Everything in the message, as `Received.tree`."""
        return parse(self.tree_json)


def decode_unverified(body: Data) -> Decoded:
    """Decodes a message that came through another gate, such as a cloud function (云函数), and has no signature.

    **Nothing is verified.** Never use it for what anybody can post.
    """
    decoded, tree = room(), room()
    call(lib.wxkf_decode_unverified, lend("body", body), decoded, tree)
    try:
        json = take(decoded).decode()
    finally:
        tree_json = take(tree).decode()
    return Decoded(json, tree_json)
