"""The account: what comes in, and its answer."""

from __future__ import annotations

import os

from ._abi import ffi
from ._handle import Handle
from ._native import (
    call, failure, lend, lend_json, lend_maybe, lend_random, lib, made, maybe_text, moment, parse, place, room, take,
    text, whole,
)
from ._value import Value
from .received import Received

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, Literal, Union

    from ._native import Data

    Kind = Literal["official_account", "mini_program"]
    Mode = Literal["secure", "compatible", "plain"]
    Format = Literal["xml", "json"]
    Reply = Union[Mapping[str, Any], str]

# Looked up once: they are on the way of every push.
_new, _receive, _gc = ffi.new, lib.wxkf_account_receive, ffi.gc
_received_free = lib.wxkf_received_free
_RECEIVED, _BUF = ffi.typeof("wxkf_received **"), ffi.typeof("wxkf_buf *")


class Account(Handle):
    """An account with its keys. Build it once; any number of threads may use it at once.

    `kind`, `app_id`, `token` and `encoding_aes_key` are those of the console; without a key `mode` has to be `plain`.
    `accept_ids` are further ids that may stand inside a seal, such as a component appid. `tolerance_ms` refuses
    what is older; `max_body` is the largest plain body in bytes. It raises `config.…` for what WeChat would not take.
    """

    __slots__ = ()

    def __init__(
        self,
        kind: Kind,
        app_id: str,
        token: str,
        encoding_aes_key: str | None = None,
        *,
        previous_encoding_aes_keys: Iterable[str] = (),
        previous_tokens: Iterable[str] = (),
        accept_ids: Iterable[str] = (),
        mode: Mode | None = None,
        tolerance_ms: int | None = None,
        max_body: int | None = None,
    ) -> None:
        self._native = None
        given = [(name, value) for name, value in (("encoding_aes_key", encoding_aes_key), ("mode", mode))
                 if value is not None]
        for name, values in (
            ("previous_encoding_aes_key", previous_encoding_aes_keys),
            ("previous_token", previous_tokens),
            ("accept_id", accept_ids),
        ):
            if isinstance(values, str):
                raise TypeError(f"{name}s: expected several texts, not one")
            given += [(name, value) for value in values]
        for name, number in (("tolerance_ms", tolerance_ms), ("max_body", max_body)):
            if number is not None:
                given.append((name, str(whole(name, number))))
        # The pairs own the bytes that the options borrow.
        lent = [(lend(name, name), lend(name, value)) for name, value in given]
        options = ffi.new("wxkf_account_option[]", lent) if lent else ffi.NULL
        out = place("wxkf_account **")
        named = (lend("kind", kind), lend("app_id", app_id), lend("token", token))
        call(lib.wxkf_account_new, *named, options, len(lent), out)
        self._native = made(lib.wxkf_account_free, out)

    @property
    def app_id(self) -> str:
        """The AppID, without the white space that was around it."""
        native = self._open()
        return text(lib.wxkf_account_app_id(native))

    @property
    def mode(self) -> Mode:
        """`secure`, which it is unless it is told, `compatible` or `plain`."""
        return text(lib.wxkf_account_mode(self._open()))  # type: ignore[return-value]

    @property
    def largest_body(self) -> int:
        """More bytes of a body are not worth reading: a body of one more is refused."""
        return int(lib.wxkf_account_largest_body(self._open()))

    def verify_url(self, query: Data, now: int | None = None) -> str:
        """Answers the GET with which WeChat checks the URL: what to send back, as `text/plain`.

        `query` is the raw query string.
        """
        return str(self._ask(lib.wxkf_account_verify_url, lend("query", query), moment(now)), "utf-8", "replace")

    def receive(self, query: Data, body: Data, now: int | None = None) -> Received:
        """Verifies, opens and decodes a push: the raw query string and the raw body, before any parser.

        If it raises an error whose `origin` is `peer`, answer with an HTTP error and no details.
        """
        native = self._native or self._open()
        out, error = _new(_RECEIVED), _new(_BUF)
        if _receive(native, lend("query", query), lend("body", body), moment(now), out, error):
            raise failure(error)
        return Received(_gc(out[0], _received_free))

    def open(self, query: Data, body: Data, now: int | None = None) -> bytes:
        """The bytes inside a push, verified and opened but not decoded."""
        return self._ask(lib.wxkf_account_open, lend("query", query), lend("body", body), moment(now))

    def reply(
        self,
        to: Received | str,
        reply: Reply,
        *,
        nonce: str | None = None,
        now: int | None = None,
        random: bytes | None = None,
    ) -> Answer:
        """The passive answer (被动回复), sealed if the push was.

        `to` is what was received, or its `reply_to`, which may have been kept. `reply` is such as
        `{"type": "text", "content": "…"}`; a string is a text. `nonce` is that of the push unless given; `random` are
        sixteen bytes, drawn unless given.
        """
        if isinstance(to, Received):
            function, push = lib.wxkf_account_reply, to._open()
        else:
            function, push = lib.wxkf_account_reply_to, lend("to", to)
        body, content_type = room(), place("wxkf_bytes *")
        given = (lend_reply(reply), lend_random(random), lend_maybe("nonce", nonce), moment(now))
        call(function, self._open(), push, *given, body, content_type)
        return Answer(take(body), text(content_type[0]))

    def seal(
        self,
        message: Data,
        format: Format = "xml",
        to_user_name: str | None = None,
        *,
        nonce: str | None = None,
        now: int | None = None,
        random: bytes | None = None,
    ) -> Sealed:
        """Seals a message as WeChat does: for tests, and for what stands in for WeChat.

        With `to_user_name` the body is that of a push to it, and without that of an answer.
        """
        if nonce is None:
            nonce = str(int.from_bytes(os.urandom(4), "big"))
        body, parts = room(), room()
        given = (lend("message", message), lend("format", format), lend_maybe("to_user_name", to_user_name))
        seal = (lend_random(random), lend("nonce", nonce), moment(now))
        call(lib.wxkf_account_seal, self._open(), *given, *seal, body, parts)
        try:
            it = parse(take(parts))
        finally:
            written = take(body)
        return Sealed(written, it["encrypt"], it["msg_signature"], str(it["timestamp"]), it["nonce"])

    def sign(self, timestamp: str, nonce: str) -> str:
        """The plain signature over a timestamp and a nonce, as it stands in `signature`: for tests."""
        return self._ask(lib.wxkf_account_sign, lend("timestamp", timestamp), lend("nonce", nonce)).decode()

    def explain(self, query: Data, body: Data, now: int | None = None) -> dict[str, Any]:
        """Walks the checks of `receive` and, where one fails, tries the mistakes that people make.

        The keys are `accepted`, `code` and `steps`. It is for the developer, never for an answer.
        """
        given = (lend("query", query), lend("body", body), moment(now))
        return parse(self._ask(lib.wxkf_account_explain, *given))  # type: ignore[no-any-return]

    def _ask(self, function: Any, *given: Any) -> bytes:
        out = room()
        call(function, self._open(), *given, out)
        return take(out)


def reply_caution(reply: Reply) -> str | None:
    """What is known to go wrong with an answer that is correct otherwise, by its name, such as `long_reply`.

    It can be sent. `reply` is as for `Account.reply`.
    """
    caution = place("wxkf_bytes *")
    call(lib.wxkf_reply_caution, lend_reply(reply), caution)
    return maybe_text(caution[0])


def lend_reply(reply: Reply) -> Any:
    return lend_json("reply", {"type": "text", "content": reply} if isinstance(reply, str) else reply)


class Answer(Value):
    """What to send back: the body, unchanged, and its `Content-Type`."""

    __slots__ = ("body", "content_type")
    body: bytes
    content_type: str

    def __init__(self, body: bytes, content_type: str) -> None:
        self._fill(body, content_type)


class Sealed(Value):
    """A message that was sealed; all but `body` belongs to the query string of a push. `timestamp` is in seconds."""

    __slots__ = ("body", "encrypt", "msg_signature", "timestamp", "nonce")
    body: bytes
    encrypt: str
    msg_signature: str
    timestamp: str
    nonce: str

    def __init__(self, body: bytes, encrypt: str, msg_signature: str, timestamp: str, nonce: str) -> None:
        self._fill(body, encrypt, msg_signature, timestamp, nonce)

    def query(self, signature: str) -> str:
        """The query string of the push that brings it; `signature` is `sign(timestamp, nonce)` of the account."""
        from urllib.parse import quote

        return (
            f"signature={signature}&timestamp={self.timestamp}&nonce={quote(self.nonce, safe='')}"
            f"&encrypt_type=aes&msg_signature={self.msg_signature}"
        )
