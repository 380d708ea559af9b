"""Calls of the platform's API, by name; texts in parts; return codes."""

from __future__ import annotations

from ._native import call, lend, lend_json, lend_maybe, lib, parse, room, take, text, whole
from ._value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ._native import Data
    from .account import Kind


def request(endpoint: str, params: Mapping[str, Any] | str, kind: Kind | None = None) -> Request:
    """Makes a call by its name, such as `message.custom.send`, with WeChat's parameters, of body and query together.

    A string is JSON and goes in as it is written. `kind` checks what that kind of account may send. An upload has
    `media_base64`, and `filename` if it has a name; sixteen random bytes in `random`, as hexadecimal digits.
    """
    head, body = room(), room()
    json = lend("params", params) if isinstance(params, str) else lend_json("params", params)
    call(lib.wxkf_request, lend("endpoint", endpoint), json, lend_maybe("kind", kind), head, body)
    try:
        it = parse(take(head))
    finally:
        written = take(body)
    content_type = it.get("content_type")
    return Request(
        it["endpoint"], it["method"], it["path"], it["query"], content_type,
        None if content_type is None else written, it["auth"], it.get("caution"),
    )


def decode(
    endpoint: str,
    status: int,
    body: Data,
    content_type: str | None = None,
    content_disposition: str | None = None,
) -> Accepted | Rejection:
    """Reads the answer to a call. A rejection is no failure; its `kind` says what to do about it."""
    out = room()
    headers = (lend_maybe("content_type", content_type), lend_maybe("content_disposition", content_disposition))
    given = (lend("endpoint", endpoint), whole("status", status, 65535), *headers, lend("body", body))
    call(lib.wxkf_decode, *given, out)
    outcome = take(out).decode()
    it = parse(outcome)
    if "accepted" in it:
        return Accepted(outcome[len('{"accepted":') : -1])
    rejected = it["rejected"]
    return Rejection(rejected["errcode"], rejected["errmsg"], rejected.get("rid"), rejected["kind"])


def split_text(text: str, max_bytes: int = 2048, max_parts: int = 5) -> Split:
    """Splits a text between paragraphs, sentences or words where it can, and never inside a character or a link.

    There are at most `max_parts` parts of at most `max_bytes` bytes. WeChat was seen to take 2,048 bytes.
    """
    out = room()
    given = (lend("text", text), whole("max_bytes", max_bytes), whole("max_parts", max_parts))
    call(lib.wxkf_split_text, *given, out)
    it = parse(take(out))
    return Split(tuple(it["parts"]), it["rest"])


def errcode(code: int) -> dict[str, Any] | None:
    """What a return code of WeChat's means: `errcode`, `kind`, `meaning` and `advice`, each in `en` and `zh`."""
    if not is_code(code):
        return None
    out = room()
    return parse(take(out)) if lib.wxkf_errcode(code, out) else None


def rejection_kind(errcode: int) -> str:
    """What to do about a rejection with this `errcode`: `token_rejected`, `quota_exhausted`, …"""
    return text(lib.wxkf_rejection_kind(errcode)) if is_code(errcode) else "unknown"


def is_code(errcode: int) -> bool:
    if not isinstance(errcode, int):
        raise TypeError(f"errcode: expected int, not {type(errcode).__name__}")
    return -(2**63) <= errcode < 2**63


class Request(Value):
    """A call to make. The token is not in it: add `access_token=…` to the query last."""

    __slots__ = ("endpoint", "method", "path", "query", "content_type", "body", "auth", "caution")
    endpoint: str
    method: str
    path: str
    query: str
    content_type: str | None
    #: `None` if the call has no body.
    body: bytes | None
    #: Which token it needs.
    auth: str
    #: What to take care of, such as a call that must not be repeated.
    caution: str | None

    def __init__(
        self,
        endpoint: str,
        method: str,
        path: str,
        query: str,
        content_type: str | None,
        body: bytes | None,
        auth: str,
        caution: str | None,
    ) -> None:
        self._fill(endpoint, method, path, query, content_type, body, auth, caution)


class Accepted(Value):
    """The platform said yes. Of a file that was downloaded `media_base64` is empty: the file is the body itself."""

    __slots__ = ("json",)
    #: The fields as JSON.
    json: str

    def __init__(self, json: str) -> None:
        self._fill(json)

    @property
    def fields(self) -> dict[str, Any]:
        """What it answered, by WeChat's names."""
        return parse(self.json)  # type: ignore[no-any-return]


class Rejection(Value):
    """The platform said no. `rid` is what WeChat asks for when one reports it."""

    __slots__ = ("errcode", "errmsg", "rid", "kind")
    errcode: int
    errmsg: str
    rid: str | None
    kind: str

    def __init__(self, errcode: int, errmsg: str, rid: str | None, kind: str) -> None:
        self._fill(errcode, errmsg, rid, kind)


class Split(Value):
    """The parts of a text, and what found no room."""

    __slots__ = ("parts", "rest")
    parts: tuple[str, ...]
    rest: str

    def __init__(self, parts: tuple[str, ...], rest: str) -> None:
        self._fill(parts, rest)
