"""Adds what is made of wxkf.h to the package; everything else stands in pyproject.toml."""

import os
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist
from setuptools.errors import SetupError

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

NO_LIBRARY = """a wheel of wxkf carries no libwxkf: where that is not installed, `import wxkf` would fail. \
Install libwxkf where the wheel is to be used (`cargo xtask c /usr/local`, then `ldconfig`; or set WXKF_LIBRARY there \
to the path of libwxkf.so), and say so by building the wheel with WXKF_SYSTEM_LIBRARY=1."""

NO_SDIST = """an sdist of wxkf would carry neither libwxkf nor wxkf.h, and could not be installed: build a wheel in \
the repository, with WXKF_SYSTEM_LIBRARY=1 pip wheel --no-deps bindings/c/python."""


class BuildPy(build_py):
    """Writes `wxkf/_abi.py` beside the modules that were copied."""

    def run(self):
        # Here, and not on the import of whoever gets the wheel.
        if os.environ.get("WXKF_SYSTEM_LIBRARY") != "1":
            raise SetupError(NO_LIBRARY)
        from cdef import emit

        super().run()
        emit(HERE.parent / "wxkf.h", Path(self.build_lib) / "wxkf" / "_abi.py")


class Sdist(sdist):
    """Says that there is none."""

    def run(self):
        raise SetupError(NO_SDIST)


setup(cmdclass={"build_py": BuildPy, "sdist": Sdist})
