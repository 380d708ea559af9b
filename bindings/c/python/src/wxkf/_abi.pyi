# Of a module that is made of wxkf.h when the package is built.
from typing import Any

ffi: Any
