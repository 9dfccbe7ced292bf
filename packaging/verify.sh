#!/usr/bin/env bash
# Proves the .deb of packaging/build.sh in a minimal Debian that debootstrap makes (this system's release,
# or --debian NAME): installing it, the self-test as an ordinary user with an empty environment (offscreen,
# on Xvfb, on Wayland), the link handler, an upgrade, the relay's unit, removal; the .rpm in an empty folder. Then: two
# builds of one commit are the same to the byte (--twice), and the bundle starts as fast as the environment
# it was built from (--starts N). Needs root, for debootstrap and chroot.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$root"
[ "$(id -u)" = 0 ] || { say "This needs root: it makes a Debian of its own with debootstrap."; exit 2; }
twice=no starts=0 suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
while [ $# -gt 0 ]; do
    case $1 in
        --twice) twice=yes ;;
        --starts) starts=$2; shift ;;
        --debian) suite=$2; shift ;;
        *) say "Usage: packaging/verify.sh [--debian NAME] [--twice] [--starts N]"; exit 2 ;;
    esac
    shift
done
needs debootstrap debootstrap
needs Xvfb xvfb
needs xdotool xdotool
needs weston weston
needs systemd-nspawn systemd-container
needs lintian lintian
needs appstreamcli appstream
needs desktop-file-validate desktop-file-utils
needs /usr/lib/rpm/elfdeps rpm
install_missing
deb=$(echo dist/agent-app_*_amd64.deb)
[ -f "$deb" ] || { say "Nothing to verify: run packaging/build.sh linux first."; exit 2; }

. packaging/linux/verify_rpm.sh
. packaging/linux/verify_relay.sh
work=$root/build/verify
chroot=$work/debian
base=$work/base-$suite.tar
mkdir -p "$work"
pids=""
data=$chroot/home/agent/.local/share/followup-desk
clean() {
    # The window by the id in its lock file, the rest by the ids of what was started here.
    if [ -f "$data/.lock" ]; then kill "$(sed -n 1p "$data/.lock")" 2>/dev/null || :; fi
    for pid in $pids; do kill "$pid" 2>/dev/null || :; done
    wait
    mountpoint -q "$chroot/proc" && umount "$chroot/proc"
    return 0
}
trap clean EXIT
passed() { printf 'ok    %s\n' "$*"; }
failed() { printf 'FAIL  %s\n' "$*"; exit 1; }

# -- the Debian: made once, copied for each run

if [ ! -f "$base" ]; then
    say "Making a minimal Debian ($suite, once)."
    rm -rf "$chroot"
    # The mirror and what its certificate needs are this machine's own.
    mirror=$(apt-get indextargets --format '$(SITE)' 2>/dev/null | sed -n '1s:/*$::p')
    debootstrap --variant=minbase --include=ca-certificates,apt-utils \
        "$suite" "$chroot" ${mirror:+"$mirror"} \
        >"$work/debootstrap.log" 2>&1 || { tail -5 "$work/debootstrap.log" >&2; failed "debootstrap"; }
    tar -C "$chroot" -cf "$base" .
fi
rm -rf "$chroot"
mkdir -p "$chroot"
tar -C "$chroot" -xf "$base"
cp /etc/resolv.conf "$chroot/etc/"
mount -t proc proc "$chroot/proc"
inside() { chroot "$chroot" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"; }
# An ordinary user with nothing in the environment but a home and where programs are.
user() { chroot --userspec=agent:agent "$chroot" env -i HOME=/home/agent PATH=/usr/bin:/bin "$@"; }
inside useradd --create-home agent
inside apt-get update -qq >"$work/apt.log" 2>&1
files() { (cd "$chroot" && find . -xdev \( -path ./proc -o -path ./home/agent -o -path ./var/lib/dpkg \
    -o -path ./var/lib/apt -o -path ./var/cache -o -path ./var/log -o -path ./tmp \) -prune -o -print | LC_ALL=C sort); }
packages() { inside dpkg-query -W -f '${Package}\n' | LC_ALL=C sort; }

# -- lint

lintian --tag-display-limit 0 --fail-on error "$deb" >"$work/lintian.log" 2>&1 ||
    { grep '^E' "$work/lintian.log"; failed "lintian has errors"; }
passed "lintian: no errors, $(grep -c '^W' "$work/lintian.log" || :) warnings"
desktop-file-validate packaging/linux/*.desktop || failed "desktop entries"
appstreamcli validate --no-net build/stage/*.metainfo.xml >"$work/appstream.log" || failed "AppStream"
passed "desktop entries and AppStream metainfo are valid"

# -- the version before this one: the same bundle under a lower number

sed 's/^version: .*/version: "0.0.1"/' build/made/nfpm.yaml >"$work/before.yaml"
build/tools/bin/nfpm package --config "$work/before.yaml" --packager deb --target "$work/before.deb" >/dev/null
cp "$work/before.deb" "$chroot/tmp/before.deb"
cp "$deb" "$chroot/tmp/agent-app.deb"

before_packages=$(packages)
inside apt-get install -y --no-install-recommends /tmp/before.deb >>"$work/apt.log" 2>&1 ||
    { tail -20 "$work/apt.log"; failed "apt install"; }
passed "installed in a minimal Debian $suite ($(($(packages | wc -l) - $(echo "$before_packages" | wc -l))) packages came with it)"
missing=$(find "$chroot/usr/lib/agent-app" -type f \( -name '*.so*' -o -name agent-app \) -printf '/usr/lib/agent-app/%P\n' |
    sort >"$chroot/tmp/elf"; inside sh -c 'while read -r f; do ldd "$f" 2>&1; done </tmp/elf | grep -E "not found|ELF load|error while" | sort -u' || :)
[ -z "$missing" ] || failed "libraries that are not there: $missing"
passed "every shared library of the bundle is found ($(wc -l <"$chroot/tmp/elf") files)"

user env QT_QPA_PLATFORM=offscreen agent-app selftest --json >"$work/offscreen.log" 2>&1 ||
    { cat "$work/offscreen.log"; failed "selftest offscreen"; }
passed "selftest offscreen: $(tail -1 "$work/offscreen.log")"

mkdir -p "$work/x"
Xvfb -displayfd 3 -noreset -screen 0 1366x768x24 -nolisten tcp 3>"$work/x/display" 2>"$work/x/log" &
pids="$pids $!"
for _ in $(seq 100); do [ -s "$work/x/display" ] && break; sleep 0.1; done
display=:$(cat "$work/x/display")
user env DISPLAY="$display" agent-app selftest --json >"$work/xvfb.log" 2>&1 ||
    { cat "$work/xvfb.log"; failed "selftest on Xvfb"; }
passed "selftest on Xvfb: $(tail -1 "$work/xvfb.log")"
inside agent-app --version >/dev/null && inside sh -c 'test -s /usr/share/bash-completion/completions/agent-app'

# -- the window, and what another program opens in it

export PYTHONPATH="$root"
look() { build/environment/bin/python packaging/look.py "$1"; } # what the sandbox account's store holds
# A session: a display, and a folder of the person's own where the window listens.
mkdir -p "$chroot/run/agent"
inside chown agent:agent /run/agent && chmod 700 "$chroot/run/agent"
on_x() { user env DISPLAY="$display" XDG_RUNTIME_DIR=/run/agent "$@"; }
listens() { on_x timeout 30 agent-app desktop --sandbox >/dev/null 2>&1; } # a second start is answered by the first
window() { # window [on_x|on_wayland]
    "${1:-on_x}" agent-app desktop --sandbox >"$work/window.log" 2>&1 &
    running=$!
    pids="$pids $running"
    for _ in $(seq 300); do
        sleep 0.2
        [ -f "$data/.lock" ] && look "$data" 2>/dev/null | grep -q '"followups": 500' && listens && return
    done
    cat "$work/window.log"; failed "the window does not list the sandbox's followups"
}
comes() { # comes WORD: it is among what is typed, on the disk, within ten seconds
    for _ in $(seq 50); do
        look "$data" | grep -q "$1" && return
        sleep 0.2
    done
    return 1
}
shut() { # the program's own process, by the id in its lock file
    kill -TERM "$(sed -n 1p "$data/.lock")"
    wait "$running" || :
}
window
inside apt-get install -y --no-install-recommends libglib2.0-bin desktop-file-utils >>"$work/apt.log" 2>&1
found=$(user gio mime x-scheme-handler/followup | sed -n 1p)
case $found in *followup-desk-open.desktop*) ;; *) failed "the link handler is not registered: $found" ;; esac
id=$(look "$data" | build/environment/bin/python -c 'import json,sys; print(json.load(sys.stdin)["ids"][0])')
on_x gio open "followup://open/$id?call_id=verify-4711&duration_ms=61000"
# Its card waits: the window has just come, and a call opens by itself only where nobody worked for a while.
comes verify-4711 || { DISPLAY=$display xdotool key F4; comes verify-4711; } || failed "the link did not open in the running window"
passed "gio open followup://… and F4 fill in the call in the running window, as a draft, through $found"
shut

# -- on Wayland

on_wayland() {
    XDG_RUNTIME_DIR="$chroot/run/agent" packaging/on_wayland.sh chroot --userspec=agent:agent "$chroot" \
        env -i HOME=/home/agent PATH=/usr/bin:/bin XDG_RUNTIME_DIR=/run/agent WAYLAND_DISPLAY=desk XDG_SESSION_TYPE=wayland "$@"
}
on_wayland agent-app selftest --json >"$work/wayland.log" 2>&1 || { cat "$work/wayland.log"; failed "selftest on Wayland"; }
id=$(look "$data" | build/environment/bin/python -c 'import json,sys; print(json.load(sys.stdin)["ids"][1])')
window on_wayland
sleep 11 # nobody works there: the call opens by itself
said=$(on_x agent-app open --call-id verify-4712 -- "$id")
case $said in *"the call is shown in its window"*) ;; *) failed "the call did not reach the window on Wayland: $said" ;; esac
comes verify-4712 || failed "the call did not open by itself on Wayland"
grep -q wayland "/proc/$(sed -n 1p "$data/.lock")/maps" || failed "the window is not on Wayland"
passed "on Wayland: selftest, and agent-app open fills in the call in the running window, by itself where nobody works"
shut

# -- upgrade and removal

inside apt-get install -y --no-install-recommends systemd nats-server procps >>"$work/apt.log" 2>&1
inside apt-get install -y --no-install-recommends /tmp/agent-app.deb >>"$work/apt.log" 2>&1
now=$(inside dpkg-query -W -f '${Version}' agent-app)
kept=$(look "$data")
case $kept in *'"followups": 500'*verify-4711*) ;; *) failed "the upgrade lost something: $kept" ;; esac
window
case $(look "$data") in *verify-4711*) ;; *) failed "the new version lost the draft" ;; esac
shut
passed "upgrade from 0.0.1-1 to $now: 500 followups and the draft are there"
user env DISPLAY="$display" agent-app doctor --json >"$work/doctor.json" || [ $? -lt 2 ] || { cat "$work/doctor.json"; failed "doctor"; }
passed "doctor: $(build/environment/bin/python -c 'import json,sys; d=json.load(open(sys.argv[1])); print(d["worst"], len(d["findings"]), "findings")' "$work/doctor.json")"

grep -q '"subject": "sound", "grade": "error"' "$work/doctor.json" && failed "the bundle cannot play sound"
grep -q 'the system can check passwords' "$work/doctor.json" || failed "the bundle finds no PAM"

verify_relay

# -- the lock's question to the system, as the ordinary user it serves. There is no door in the program
# to ask it from outside, so its module is asked by a Python of the Debian's own.

with=$(files)
inside sh -c 'echo "agent:verify-Passwort-ü" | chpasswd'
tar -C "$root" -cf - agent_app/system/proof.py | tar -C "$chroot/tmp" -xf -
cp -r "$("build/environment/bin/python" -c 'import os, pam; print(os.path.dirname(pam.__file__))')" "$chroot/tmp/"
inside apt-get install -y --no-install-recommends python3 >>"$work/apt.log" 2>&1
knows() {
    user env PYTHONPATH=/tmp LANG=C.UTF-8 python3 -c '
import importlib.util, sys
spec = importlib.util.spec_from_file_location("proof", "/tmp/agent_app/system/proof.py")
proof = importlib.util.module_from_spec(spec); spec.loader.exec_module(proof)
print(proof.pam_service(), proof.can_check_passwords(), proof.is_own_password(sys.argv[1]))' "$1" 2>&1
}
[ "$(knows 'verify-Passwort-ü')" = "followup-desk True True" ] || failed "the right password: $(knows 'verify-Passwort-ü')"
[ "$(knows 'another')" = "followup-desk True False" ] || failed "a wrong password: $(knows 'another')"
passed "the lock knows the account's password from another, through /etc/pam.d/followup-desk"
inside apt-get autoremove -y --purge python3 >>"$work/apt.log" 2>&1

inside apt-get remove -y agent-app >>"$work/apt.log" 2>&1
inside apt-get purge -y agent-app >>"$work/apt.log" 2>&1
# What is left of it: a file of ours, by name or by package.
left=$(files | grep -iE 'agent-app|followup' || :)
[ -z "$left" ] || failed "left behind: $left"
[ -f "$data/sandbox.store" ] || failed "the user's data is gone"
passed "removal: $(($(echo "$with" | wc -l) - $(files | wc -l))) files and folders went, the user's data is left"

verify_rpm
umount "$chroot/proc"

# -- reproducible

if [ "$twice" = yes ]; then
    again=$work/again
    rm -rf "$again"
    git clone --quiet "$root" "$again"
    (cd "$again" && ./packaging/build.sh linux >"$work/again.log" 2>&1) || { tail -5 "$work/again.log"; failed "the second build"; }
    (cd dist && sha256sum agent-app*) | diff - <(cd "$again/dist" && sha256sum agent-app*) ||
        failed "two builds of $(git rev-parse --short HEAD) differ"
    passed "a second build, in another folder, is the same to the byte"
    rm -rf "$again"
fi

# -- start-up, against the environment it was built from

if [ "$starts" -gt 0 ]; then
    DISPLAY=$display build/environment/bin/python packaging/starts.py "$starts" \
        build/environment/bin/python build/bundle/agent-app/agent-app || failed "start-up"
fi
printf 'Everything held.\n'
