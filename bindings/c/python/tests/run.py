"""Runs the tests, shows what failed, and writes how many passed, failed and were absent to the file that is named."""

import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

result = unittest.TextTestRunner(verbosity=1).run(unittest.defaultTestLoader.discover(str(HERE)))
# A subtest that failed is one failure of its test.
failed = {str(getattr(test, "test_case", test)) for test, _ in result.failures + result.errors}
absent = len(result.skipped)
passed = max(result.testsRun - len(failed) - absent, 0)
Path(sys.argv[1]).write_text(f"{passed} {len(failed)} {absent}\n", "utf-8")
