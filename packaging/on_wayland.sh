#!/usr/bin/env bash
# Runs a command on a Wayland of its own: packaging/on_wayland.sh COMMAND...
#
# Weston in a window of Xvfb: headless it has no keyboard, and without one no window is ever active. The
# socket is "desk" in XDG_RUNTIME_DIR, or in a folder made for it. PICTURE=file.png takes a picture of the
# screen at the end.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
needs Xvfb xvfb
needs weston weston
[ -z "${PICTURE:-}" ] || needs import imagemagick
install_missing
scratch=$(mktemp -d)
pids=""
clean() {
    for pid in $pids; do kill "$pid" 2>/dev/null || :; done
    wait
    rm -rf "$scratch"
}
trap clean EXIT
if [ -z "${XDG_RUNTIME_DIR:-}" ]; then
    mkdir -m 700 "$scratch/run"
    export XDG_RUNTIME_DIR="$scratch/run"
fi
comes() { # comes FILE LOG
    for _ in $(seq 200); do
        [ -e "$1" ] && [ -s "$1" -o -S "$1" ] && return
        sleep 0.1
    done
    cat "$2" >&2
    exit 1
}
Xvfb -displayfd 3 -noreset -screen 0 1366x768x24 -nolisten tcp 3>"$scratch/display" 2>"$scratch/x.log" &
pids="$!"
comes "$scratch/display" "$scratch/x.log"
screen=:$(cat "$scratch/display")
rm -f "$XDG_RUNTIME_DIR"/desk* # of an earlier one
DISPLAY=$screen weston --no-config --backend=x11-backend.so --use-pixman --width=1366 --height=768 \
    --socket=desk --idle-time=0 >"$scratch/weston.log" 2>&1 &
pids="$! $pids"
comes "$XDG_RUNTIME_DIR/desk" "$scratch/weston.log"
chmod 777 "$XDG_RUNTIME_DIR/desk" # the folder says who may come
export WAYLAND_DISPLAY=desk XDG_SESSION_TYPE=wayland QT_QPA_PLATFORM=wayland
unset DISPLAY
status=0
"$@" || status=$?
[ -z "${PICTURE:-}" ] || import -display "$screen" -window root "$PICTURE"
exit $status
