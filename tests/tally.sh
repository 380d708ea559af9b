# Sourced by the check scripts: how they run their checks, pass over what this machine has not, and count. The last
# line of each is `N passed, N failed, N absent`. Set `only` to prefixes of names, and no other check is run.

. "$(dirname "${BASH_SOURCE[0]}")/probe"
passed=0 failed=0 absent=0
only=(${only[@]+"${only[@]}"})

# wanted NAME: whether a check of that name is to be run.
wanted() {
    local prefix
    [ ${#only[@]} -gt 0 ] || return 0
    for prefix in "${only[@]}"; do [[ $1 != "$prefix"* ]] || return 0; done
    return 1
}

# one NAME COMMAND…: a check that succeeds or not, in a shell of its own that ends at the first command that fails.
# The last line that it prints is shown; all of them if it fails.
one() {
    local name=$1 status log
    shift
    wanted "$name" || return 0
    log=$(mktemp)
    # Not as a condition: there the shell would go on after a command that failed.
    set +e
    (set -e; "$@") >"$log" 2>&1
    status=$?
    set -e
    if [ "$status" = 0 ]; then
        echo "ok $name$(tail -n 1 "$log" | cut -c1-100 | sed 's/^/: /')"
        passed=$((passed + 1))
    else
        echo "FAILED $name"
        tail -n 60 "$log" | sed 's/^/    /'
        failed=$((failed + 1))
    fi
    rm -f "$log"
}

# absent NAME WHY: says that something is passed over; a failure where nothing may be.
absent() {
    wanted "$1" || return 0
    echo "ABSENT $1: $2"
    if [ "${WXKF_REQUIRE_ALL:-}" = 1 ]; then failed=$((failed + 1)); else absent=$((absent + 1)); fi
}

# needs NAME PIECE…: whether a check can be run; if not, it is said to be absent. PIECEs as in tests/probe.
needs() {
    has "${@:2}" && return
    absent "$1" "$why"
    return 1
}

# one_with "PIECE…" NAME COMMAND…: a check that needs pieces.
one_with() {
    local needed=$1
    shift
    wanted "$1" || return 0
    # shellcheck disable=SC2086
    if needs "$1" $needed; then one "$@"; fi
}

# add LINE: the counts of a script of its own, `N passed, N failed` and perhaps `, N absent`. Any other line fails.
add() {
    if [[ $1 =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed(,\ ([0-9]+)\ absent)?$ ]]; then
        passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
        absent=$((absent + ${BASH_REMATCH[4]:-0}))
    else
        echo "FAILED no count, but: $1"
        failed=$((failed + 1))
    fi
}

# The last line of a script, and its status.
finish() {
    echo "$passed passed, $failed failed, $absent absent"
    [ "$failed" = 0 ]
}
