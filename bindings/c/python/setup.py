"""Adds what is made of wxkf.h to the package; everything else stands in pyproject.toml."""

import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from cdef import emit  # noqa: E402


class BuildPy(build_py):
    """Writes `wxkf/_abi.py` beside the modules that were copied."""

    def run(self):
        super().run()
        emit(HERE.parent / "wxkf.h", Path(self.build_lib) / "wxkf" / "_abi.py")


setup(cmdclass={"build_py": BuildPy})
