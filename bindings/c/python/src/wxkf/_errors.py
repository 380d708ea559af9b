"""What is raised."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Origin = Literal["caller", "peer", "platform"]


class WxkfError(Exception):
    """What went wrong, and whose mistake it is. Match on `code`. To the other side show the code at most."""

    #: The stable code, such as `callback.signature_mismatch`.
    code: str
    #: `caller`: this program; `peer`: who sent the push; `platform`: WeChat's answer.
    origin: Origin
    #: What it means, in English.
    message: str
    #: The argument, option, parameter or element concerned.
    field: str | None
    #: What exactly was seen. It is for your log only.
    detail: str | None

    def __init__(
        self, code: str, origin: Origin, message: str, field: str | None = None, detail: str | None = None
    ) -> None:
        super().__init__(code, origin, message, field, detail)
        self.code = code
        self.origin = origin
        self.message = message
        self.field = field
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code}: {self.message}" + (f" [{self.field}]" if self.field else "")


def invalid(field: str, expected: str) -> WxkfError:
    return WxkfError("binding.argument_invalid", "caller", f"expected {expected}", field)
