"""Makes the module `wxkf._abi` of wxkf.h: what cffi needs to know of the library, read once and not at import."""

import re
from pathlib import Path


def cdef(header: str) -> str:
    """The declarations of the header, without the lines of the preprocessor and the comments."""
    c_only = re.sub(r"#ifdef __cplusplus\n.*?#endif[^\n]*", "", header, flags=re.S)
    bare = re.sub(r"/\*.*?\*/|//[^\n]*", "", c_only, flags=re.S)
    return "\n".join(line for line in bare.splitlines() if line.strip() and not line.startswith("#"))


def emit(header: Path, module: Path) -> None:
    """Writes the module."""
    import cffi

    ffi = cffi.FFI()
    ffi.cdef(cdef(header.read_text("utf-8")))
    ffi.set_source("wxkf._abi", None)
    module.parent.mkdir(parents=True, exist_ok=True)
    ffi.emit_python_code(str(module))
