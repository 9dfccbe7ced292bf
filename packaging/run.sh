#!/usr/bin/env bash
# Start Followup Desk from a clone: sets up what it needs the first time, then opens the window.
# Arguments pass through (try: ./packaging/run.sh --help).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
prepare run
export PYTHONPATH="$root${PYTHONPATH:+:$PYTHONPATH}"
wants_window=no
case "${1:-desktop}" in desktop) wants_window=yes ;; esac
if [ "$wants_window" = yes ] && [ "$(uname -s)" = Linux ] &&
   [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    say "There is no display here, so the window cannot be shown: running the selftest offscreen."
    QT_QPA_PLATFORM=offscreen exec "$venv/bin/python" -m agent_app selftest
fi
exec "$venv/bin/python" -m agent_app "$@"
