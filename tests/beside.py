"""A copy of the work tree, to break in it what is not to be broken here: for tests/breaks/run and tests/mutants."""

import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLACE = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "beside"
TREE = PLACE / "tree"
BUILT = PLACE / "target"

# The core is small, so that to optimise it takes longer than what it does in most tests.
CHEAP = [f"--config=profile.dev.package.{name}.opt-level=0" for name in ("wxkf-core", "wxkf-platform")]
CHEAP += ["--config=profile.dev.debug=false"]
# What a break of anything but the state machines has no need to wait for.
SLOW = ["simulation", "token::", "corpus::", "hostile::no_family", "sending::texts::every_text", "snapshots::no_", "snapshots::a_memory"]
# These look at the text of the code, not at what it does.
TEXTUAL = ["breaks::", "floors::"]
QUICK = [word for name in SLOW + TEXTUAL for word in ("--skip", name)]


def copied():
    """Brings the copy to the state of the work tree, with what is not committed. What is the same keeps its time, and
    cargo what it has built of it; what a run that was killed has left broken is as it is here."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True,
    )
    names = {os.fsdecode(name) for name in listed.stdout.split(b"\0") if name}
    names = {name for name in names if (ROOT / name).is_file()}
    for name in names:
        there, here = TREE / name, ROOT / name
        content = here.read_bytes()
        if not there.is_file() or there.read_bytes() != content:
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(content)
            there.chmod(here.stat().st_mode)
    for folder, _, files in os.walk(TREE):
        for file in files:
            path = pathlib.Path(folder, file)
            if path.relative_to(TREE).as_posix() not in names:
                path.unlink()
