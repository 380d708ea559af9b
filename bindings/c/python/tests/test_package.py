"""What was installed: the library that it loads, the header that it is made of, the lines of the protocol."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
from pathlib import Path

import wxkf
from wxkf import _abi, _native

HERE = Path(__file__).resolve().parent
HEADER = (HERE.parents[1] / "wxkf.h").read_text("utf-8")
SOURCES = "".join(path.read_text("utf-8") for path in (HERE.parent / "src/wxkf").glob("*.py"))
VECTORS = HERE.parents[3] / "tests/vectors"

sys.path[:0] = [str(HERE.parent), str(HERE.parent / "driver")]

import cdef  # noqa: E402
import conform  # noqa: E402


class PackageTest(unittest.TestCase):
    def test_it_is_what_was_installed(self):
        self.assertIn("site-packages", wxkf.__file__)
        self.assertTrue((Path(wxkf.__file__).parent / "py.typed").exists())
        self.assertRegex(wxkf.version(), r"^\d+\.\d+\.\d+$")

    def test_it_is_made_of_this_header(self):
        fresh = Path(os.environ.get("TMPDIR", "/tmp")) / f"wxkf-abi-{os.getpid()}.py"
        try:
            cdef.emit(HERE.parents[1] / "wxkf.h", fresh)
            self.assertEqual(Path(_abi.__file__).read_text("utf-8"), fresh.read_text("utf-8"))
        finally:
            fresh.unlink(missing_ok=True)

    def test_its_numbers_are_those_of_the_header(self):
        self.assertIn(f"#define WXKF_ABI {wxkf.ABI}\n", HEADER)
        self.assertIn("#define WXKF_NONE UINT64_MAX", HEADER)
        self.assertIn("#define WXKF_NO_INDEX UINT32_MAX", HEADER)
        self.assertEqual((_native.NONE, _native.NO_INDEX), (2**64 - 1, 2**32 - 1))

    def test_it_covers_every_function(self):
        functions = set(re.findall(r"\b(wxkf_\w+)\(", cdef.cdef(HEADER)))
        self.assertGreater(len(functions), 50)
        # Errors come as JSON, which says what these say of a number.
        by_json = {"wxkf_status_name", "wxkf_status_origin", "wxkf_status_message"}
        unused = {name for name in functions if not re.search(rf"lib\.{name}\b|loaded\.{name}\b", SOURCES)}
        self.assertEqual(unused - by_json, set())

    def test_a_library_that_does_not_fit_is_not_loaded(self):
        for library, said in (("/nowhere/libwxkf.so", "cannot be loaded"), ("libc.so.6", "cannot be loaded")):
            env = {**os.environ, "WXKF_LIBRARY": library}
            done = subprocess.run([sys.executable, "-c", "import wxkf"], env=env, capture_output=True, text=True)
            self.assertEqual(done.returncode, 1)
            self.assertRegex(done.stderr, f"ImportError: .*{said}")
        with unittest.mock.patch.object(_native, "ABI", 99), self.assertRaisesRegex(ImportError, "ABI 2 .* for 99"):
            _native.load()

    def test_what_carries_no_library_is_not_built(self):
        with tempfile.TemporaryDirectory() as root:
            tree, here = Path(root, "python"), HERE.parent
            shutil.copytree(here / "src", tree / "src")
            for name in ("setup.py", "cdef.py", "pyproject.toml", "README.md"):
                shutil.copy(here / name, tree)
            shutil.copy(here.parent / "wxkf.h", root)
            pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", root, str(tree)]
            sdist = "import setuptools.build_meta as it; it.build_sdist('.')"
            for command, setting in ((pip, ""), (pip, "0"), ([sys.executable, "-c", sdist], "1")):
                env = {**os.environ, "WXKF_SYSTEM_LIBRARY": setting}
                done = subprocess.run(command, env=env, cwd=tree, capture_output=True, text=True)
                with self.subTest(command=command[1:4]):
                    self.assertNotEqual(done.returncode, 0)
                    self.assertIn("WXKF_SYSTEM_LIBRARY=1", done.stderr)
                    self.assertIn("libwxkf", done.stderr)
                    self.assertEqual([*Path(root).rglob("*.whl"), *Path(root).rglob("*.tar.gz")], [])

    def test_nothing_heavy_is_imported(self):
        code = "import sys; old = set(sys.modules); import wxkf; print(*sorted(set(sys.modules) - old))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        heavy = {"cffi", "pycparser", "typing", "json", "re", "dataclasses", "threading"}
        self.assertEqual(heavy & set(done.stdout.split()), set())


class ConformTest(unittest.TestCase):
    def test_the_vectors_of_the_repository(self):
        count = 0
        for path in sorted(VECTORS.rglob("*.json")):
            vector = json.loads(path.read_text("utf-8"))
            if "line" not in vector:
                continue
            line = vector["line"] if isinstance(vector["line"], str) else json.dumps(vector["line"])
            answer, wanted = json.loads(conform.answer(line)), vector["expect"]
            with self.subTest(str(path.relative_to(VECTORS))):
                self.assertTrue(holds(wanted, answer), f"{wanted}\n{answer}")
            count += 1
        self.assertGreater(count, 900)

    def test_bad_lines(self):
        bad = '{"error":{"code":"conform.bad_line"}}'
        for line in ("nonsense", "{}", '{"op":"fly"}', "[]", '{"op":["decode"]}', '{"op":"decode","body":NaN}',
                     '{"op":"decode","body":5}', '{"op":"decode","body_base64":"?"}', "[" * 100_000):
            self.assertEqual(conform.answer(line), bad, line[:40])

    def test_texts_are_written_as_the_library_does(self):
        line = '{"op":"split_text","text":"\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u007f/中","max_bytes":99,"parts":1}'
        self.assertEqual(conform.answer(line), '{"ok":{"parts":["\\"\\\\\\b\\f\\n\\r\\t\\u0001\x7f/中"],"rest":""}}')


def holds(wanted, answer):
    """Whether all that is wanted is in the answer."""
    if isinstance(wanted, dict) and isinstance(answer, dict):
        return all(name in answer and holds(inner, answer[name]) for name, inner in wanted.items())
    return wanted == answer
