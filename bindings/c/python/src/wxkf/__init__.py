"""WeChat customer-service messages (客服消息) of Mini Programs and Official Accounts: a protocol core without I/O.

Times are milliseconds since 1970. Failures are `WxkfError`; what our own record or the platform refuses is a value.
"""

from ._errors import WxkfError
from ._native import ABI, lib, text
from .account import Account, Answer, Sealed, reply_caution
from .calls import Accepted, Rejection, Request, Split, decode, errcode, rejection_kind, request, split_text
from .conversation import Allowance, Conversation, Refusal, Reservation, Settled
from .dedupe import Dedupe
from .received import Decoded, Received, decode_unverified
from .token import Fetch, TokenKeeper, Use, Wait

__all__ = [
    "ABI", "Accepted", "Account", "Allowance", "Answer", "Conversation", "Decoded", "Dedupe", "Fetch", "Received",
    "Refusal", "Rejection", "Request", "Reservation", "Sealed", "Settled", "Split", "TokenKeeper", "Use", "Wait",
    "WxkfError", "decode", "decode_unverified", "errcode", "rejection_kind", "reply_caution", "request", "split_text",
    "version",
]


def version() -> str:
    """The version of the library that was loaded."""
    return text(lib.wxkf_version())
