#!/usr/bin/env bash
# The checks, from a clean clone. Sets up all that it needs.
#
#   test.sh                     everything: formatting, lint, types, import contracts, translations, unit,
#                               contract, faults, an agent's day, the window on Xvfb, its main job offscreen
#   test.sh fast                formatting, lint, types, import contracts, and the unit tests that are quick
#   test.sh coverage            all tests once, offscreen, with a report of what they miss
#   test.sh PATH…               these tests (pytest's words), offscreen
#   test.sh xvfb|offscreen [PATH…]  these tests (without a path: the window's) on one kind of screen
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
what=${1:-everything}
prepare test
case $what in
fast | coverage | offscreen) ;;
*)
    for tool in Xvfb dbus-daemon gnome-keyring-daemon; do
        command -v "$tool" >/dev/null 2>&1 || { need_packages xvfb dbus gnome-keyring; break; }
    done
    [ -e /usr/libexec/at-spi-bus-launcher ] || [ -e /usr/lib/at-spi2-core/at-spi-bus-launcher ] ||
        need_packages at-spi2-core
    ;;
esac
cd "$root" || exit 1
export PYTHONPATH="$root" PYTHONDONTWRITEBYTECODE=1
unset AGENT_APP_SERVER_URL AGENT_APP_CLIENT_ID AGENT_APP_CLIENT_SECRET AGENT_APP_DATA_DIR \
    AGENT_APP_STORE_PASSPHRASE
# What tests write is synced to no disk.
[ -w /dev/shm ] && export PYTEST_DEBUG_TEMPROOT=/dev/shm
bin="$venv/bin"
failed=""
trap 'kill $(jobs -p) 2>/dev/null' EXIT
trap 'exit 130' INT TERM

step() {
    local name=$1
    shift
    printf '\n== %s\n' "$name"
    local began=$SECONDS
    "$@" || failed="$failed $name"
    printf '   (%s: %d s)\n' "$name" $((SECONDS - began))
}

on_xvfb() {
    local folder display pid status
    folder=$(mktemp -d)
    Xvfb -displayfd 3 -noreset -screen 0 1366x768x24 -nolisten tcp 3>"$folder/display" 2>"$folder/log" &
    pid=$!
    for _ in $(seq 100); do
        [ -s "$folder/display" ] && break
        kill -0 "$pid" 2>/dev/null || { cat "$folder/log"; return 1; }
        sleep 0.1
    done
    display=$(cat "$folder/display")
    DISPLAY=":$display" QT_QPA_PLATFORM=xcb "$@"
    status=$?
    kill "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    rm -rf "$folder"
    return $status
}

tell() { # tell PID FILE: wait for what writes to FILE, show it, end as it did
    local status
    wait "$1"
    status=$?
    cat "$2"
    return $status
}

pytest_offscreen() { QT_QPA_PLATFORM=offscreen "$bin/pytest" -q "$@"; }

quick_looks() {
    step format "$bin/ruff" format --check .
    step lint "$bin/ruff" check .
    step types "$bin/mypy"
    step imports "$bin/lint-imports"
}

fast() {
    quick_looks
    # Whoever changes the team's engine, the relay or a command runs their tests by name: they start
    # servers and whole programs, which takes two minutes.
    step unit pytest_offscreen -n 2 --dist loadfile -m "not slow" tests/unit \
        --ignore tests/unit/team --ignore tests/unit/relay --ignore tests/unit/cli
}

coverage() {
    COVERAGE_FILE=$(mktemp -d)/measured
    export COVERAGE_FILE
    QT_QPA_PLATFORM=offscreen step tests "$bin/coverage" run -m pytest -q -n 2 --dist loadfile \
        tests/unit tests/contract tests/faults tests/day tests/ui
    step combine "$bin/coverage" combine --quiet
    step report "$bin/coverage" report --skip-covered
    printf '\nUnder 80 %%:\n'
    "$bin/coverage" report | awk '$NF + 0 < 80 && /agent_app/ { print "  " $1, $NF }'
    rm -rf "${COVERAGE_FILE%/*}"
}

everything() {
    quick_looks
    step translations "$root/packaging/translate.sh" --check
    # An agent's day waits more than it works.
    local told halves odd=() even=() file
    told=$(mktemp -d)
    pytest_offscreen tests/day >"$told/day" 2>&1 &
    local walking=$!
    step unit pytest_offscreen -n 2 --dist loadfile tests/unit tests/contract tests/faults
    step day tell "$walking" "$told/day"
    # The window's tests wait as well: all of them on X, as people see the window, half on each of two
    # servers (on one, windows would take each other's focus). That it works without a screen too is shown
    # by an agent's day, by unit tests, and by the main job; `test.sh offscreen` runs all of them so.
    for file in tests/ui/test_*.py; do
        if [ ${#odd[@]} -gt ${#even[@]} ]; then even+=("$file"); else odd+=("$file"); fi
    done
    on_xvfb "$bin/pytest" -q "${odd[@]}" >"$told/odd" 2>&1 &
    halves=("$!")
    on_xvfb "$bin/pytest" -q "${even[@]}" >"$told/even" 2>&1 &
    halves+=("$!")
    step offscreen pytest_offscreen tests/ui/test_main_job.py tests/ui/test_desk.py tests/ui/test_start.py
    step xvfb tell "${halves[0]}" "$told/odd"
    step xvfb-2 tell "${halves[1]}" "$told/even"
    rm -rf "$told"
}

case $what in
everything | fast | coverage) "$what" ;;
xvfb) step xvfb on_xvfb "$bin/pytest" -q "${@:2}" $([ $# -gt 1 ] || echo tests/ui) ;;
offscreen) step offscreen pytest_offscreen "${@:2}" $([ $# -gt 1 ] || echo tests/ui) ;;
*) step tests pytest_offscreen "$@" ;;
esac

if [ -n "$failed" ]; then
    printf '\nFailed:%s\n' "$failed"
    exit 1
fi
printf '\nAll checks passed.\n'
