# Sourced by `check` and `conform`, in this folder: builds the wheel and installs it where something has changed.
# It sets: out (of the build), python (of the venv), WXKF_LIBRARY.

repo=$(cd ../../.. && pwd)
mkdir -p "$repo/target/c-python"
out=$repo/target/c-python
python=$out/venv/bin/python
export WXKF_LIBRARY="${WXKF_C:-$repo/target/c}/lib/libwxkf.so"

build() (
    ./prepare
    exec 9>"$out/lock"
    flock 9
    if [ -f "$out/built" ] && [ -z "$(find src setup.py cdef.py pyproject.toml ../wxkf.h -newer "$out/built" -type f)" ]
    then return; fi
    # A copy, because setuptools leaves its own files beside the sources.
    rm -rf "$out/tree" "$out/wheel"
    mkdir -p "$out/tree/python"
    cp -R src setup.py cdef.py pyproject.toml README.md "$out/tree/python"
    cp ../wxkf.h "$out/tree"
    # The tests name the library by WXKF_LIBRARY.
    WXKF_SYSTEM_LIBRARY=1 "$python" -m pip wheel -q --disable-pip-version-check --no-deps --no-build-isolation -w "$out/wheel" \
        "$out/tree/python"
    "$python" -m pip install -q --disable-pip-version-check --no-deps --force-reinstall "$out"/wheel/wxkf-*.whl
    touch "$out/built"
)
