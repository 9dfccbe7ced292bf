#!/usr/bin/env bash
# Proves Windows' installers on Wine 10, in a minimal Debian 13 that debootstrap makes. What that shows,
# and what only a Windows machine can, stands in README.md beside this file. Needs root.
#
#   packaging/windows/verify.sh [--tests] [--screenshots FOLDER]
#
# The per-user installer and the MSI: silent installation, doctor, the self-test in the real window (Xvfb),
# a screen pop and a followup: link in the running window, the credential store, an upgrade that keeps
# the store, removal that leaves the data. --tests runs the unit and fault tests on Windows' Python too.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../setup.sh"
cd "$root"
here=packaging/windows
[ "$(id -u)" = 0 ] || { say "This needs root: it makes a Debian of its own with debootstrap."; exit 2; }
tests=no pictures=""
while [ $# -gt 0 ]; do
    case $1 in
        --tests) tests=yes ;;
        --screenshots) mkdir -p "$2"; pictures=$(cd "$2" && pwd); shift ;;
        *) say "Usage: packaging/windows/verify.sh [--tests] [--screenshots FOLDER]"; exit 2 ;;
    esac
    shift
done
for tool in debootstrap Xvfb import xdotool osslsigncode x86_64-w64-mingw32-gcc; do
    command -v "$tool" >/dev/null 2>&1 || {
        need_packages debootstrap xvfb imagemagick xdotool osslsigncode gcc-mingw-w64-x86-64-win32
        break
    }
done
user=$(echo dist/followup-desk-*-user.exe) msi=$(echo dist/followup-desk-*.msi)
[ -f "$user" ] && [ -f "$msi" ] || { say "Nothing to verify: run packaging/build.sh windows first."; exit 2; }

work=$root/build/verify-windows
chroot=$work/debian
home=/root  # in that Debian
mkdir -p "$work"
pids=""
clean() {
    for prefix in desk tests; do
        [ -d "$chroot$home/$prefix" ] && in_wine $prefix wineserver -k >/dev/null 2>&1
    done
    for pid in $pids; do kill "$pid" 2>/dev/null || :; done
    wait
    for place in tmp/.X11-unix dev proc; do
        mountpoint -q "$chroot/$place" && umount "$chroot/$place"
    done
    return 0
}
trap clean EXIT
passed() { printf 'ok    %s\n' "$*"; }
failed() { printf 'FAIL  %s\n' "$*"; exit 1; }
until_true() { # until_true SECONDS COMMAND...
    local left=$(($1 * 5))
    shift
    while ! "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ $left -gt 0 ] || return 1
        sleep 0.2
    done
}

# -- the Debian with Wine: made once

if [ ! -f "$work/.made" ]; then
    say "Making a minimal Debian 13 with Wine (once)."
    rm -rf "$chroot"
    mirror=$(apt-get indextargets --format '$(SITE)' 2>/dev/null | sed -n '1s:/*$::p')
    debootstrap --variant=minbase --include=ca-certificates,wine,fonts-dejavu-core trixie "$chroot" \
        ${mirror:+"$mirror"} >"$work/debootstrap.log" 2>&1 ||
        { tail -5 "$work/debootstrap.log" >&2; failed "debootstrap"; }
    cp /etc/resolv.conf "$chroot/etc/" # NSIS' installers are 32-bit programs
    (chroot "$chroot" dpkg --add-architecture i386 && chroot "$chroot" apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive chroot "$chroot" apt-get install -y -qq --no-install-recommends wine32:i386) \
        >"$work/wine.log" 2>&1 || { tail -5 "$work/wine.log" >&2; failed "Wine"; }
    touch "$work/.made"
fi
mountpoint -q "$chroot/proc" || mount -t proc proc "$chroot/proc"
mountpoint -q "$chroot/dev" || mount --bind /dev "$chroot/dev"
mkdir -p "$work/x" "$chroot/tmp/.X11-unix"
rm -f "$work/x/display"
Xvfb -displayfd 3 -noreset -screen 0 1366x768x24 -nolisten tcp 3>"$work/x/display" 2>"$work/x/log" &
pids="$pids $!"
until_true 20 test -s "$work/x/display" || failed "Xvfb"
display=:$(cat "$work/x/display")
mount --bind /tmp/.X11-unix "$chroot/tmp/.X11-unix"

in_wine() { # in_wine PREFIX COMMAND...
    local prefix=$1
    shift
    chroot "$chroot" env -i HOME=$home PATH=/usr/lib/wine:/usr/bin:/bin LANG=C.UTF-8 DISPLAY="$display" \
        WINEPREFIX="$home/$prefix" WINEDEBUG=-all ${inside_env:-} "$@"
}
fresh() { # fresh PREFIX: a new Windows, with what Windows 10 has and Wine lacks
    rm -rf "${chroot:?}$home/$1"
    in_wine "$1" wineboot -i >"$work/wineboot.log" 2>&1 || failed "wineboot"
    in_wine "$1" wineserver -w
    x86_64-w64-mingw32-gcc -shared -s -O1 -o "$chroot$home/$1/drive_c/windows/system32/icuuc.dll" $here/icuuc.c
}

# -- the signature, by a certificate of the proof's own

sign_with="$work/certificate"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Followup Desk, only a test" \
    -addext extendedKeyUsage=codeSigning -keyout "$sign_with.key" -out "$sign_with.pem" 2>/dev/null
for file in "$user" "$msi" build/windows/agent-app/agent-app.exe; do
    rm -f "$work/signed"
    osslsigncode sign -certs "$sign_with.pem" -key "$sign_with.key" -in "$file" -out "$work/signed" >/dev/null
    osslsigncode verify -CAfile "$sign_with.pem" -in "$work/signed" >"$work/signature.log" 2>&1 ||
        { tail "$work/signature.log"; failed "$(basename "$file") cannot be signed"; }
done
rm -f "$work/signed"
passed "a test certificate signs the launcher, the installer and the MSI"

# -- per user

export PYTHONPATH="$root"
c=$chroot$home/desk/drive_c
data="$c/users/root/AppData/Local/followup-desk"
look() { build/environment/bin/python packaging/look.py "$data"; } # what the sandbox account's store holds
holds() { look 2>/dev/null | grep -q "$1"; }
picture() { if [ -n "$pictures" ]; then import -display "$display" -window root "$pictures/$1.png"; fi; }
desk() { in_wine desk wine "$program\\agent-app-console.exe" "$@"; }
window() {
    in_wine desk wine "$program\\agent-app.exe" desktop --sandbox >"$work/window.log" 2>&1 &
    running=$!
    # A second start is answered by the window once that is there.
    until_true 60 test -e "$data/.lock" && until_true 60 desk desktop --sandbox || failed "no window came"
    until_true 90 holds '"loaded": true' || { cat "$work/window.log"; failed "the window does not list the sandbox's followups"; }
}
show() { # show CALL_ID WHAT: it is among what is typed, on the disk; its card opens by F4 where it waits
    until_true 10 holds "$1" && return
    DISPLAY=$display xdotool key F4
    until_true 30 holds "$1" && return
    picture missing
    failed "$2 did not reach the running window: $(look)"
}
shut() {
    desk close >/dev/null 2>&1 || failed "the window did not close when it was asked to"
    wait "$running" || :
}
value() { in_wine desk wine reg query "$1" /v "$2" 2>/dev/null | tr -d '\r' | sed -n 's/^ .*REG_[A-Z]*  *//p'; }
command_of() { in_wine desk wine reg query "$1\\Software\\Classes\\followup\\shell\\open\\command" /ve 2>/dev/null | tr -d '\r' | sed -n 's/^ .*REG_SZ  *//p'; }

fresh desk
cp "$user" "$c/setup.exe"
in_wine desk wine 'C:\setup.exe' /S || failed "the per-user installer ended with $?"
program='C:\users\root\AppData\Local\Programs\Followup Desk'
folder="$c/users/root/AppData/Local/Programs/Followup Desk"
[ -f "$folder/agent-app.exe" ] || failed "nothing was installed"
uninstall='HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\FollowupDesk'
[ "$(value "$uninstall" DisplayName)" = "Followup Desk" ] || failed "no entry in Apps"
[ "$(command_of HKCU)" = "\"$program\\agent-app.exe\" open \"%1\"" ] || failed "the link handler: $(command_of HKCU)"
passed "per user: installed silently, entry in Apps, link handler, $(find "$folder" -type f | wc -l) files, $(du -sm "$folder" | cut -f1) MB"

desk --version | grep -q "^Followup Desk " || failed "--version"
desk selftest --json --screenshots 'C:\pictures' >"$work/selftest.log" 2>&1 ||
    { cat "$work/selftest.log"; failed "selftest"; }
passed "selftest in the real window: $(tail -1 "$work/selftest.log" | cut -c1-120)"
[ -z "$pictures" ] || cp "$c"/pictures/*.png "$pictures/"

window
picture window
call() { look | build/environment/bin/python -c "import json,sys; print(json.load(sys.stdin)['ids'][$1])"; }
desk open --call-id verify-4711 --duration-ms 61000 -- "$(call 0)" >/dev/null 2>&1 || failed "open"
show verify-4711 "the screen pop"
passed "agent-app open fills in the call in the running window"
picture pop
shut
window # with nothing in the form: a call opens by itself only where nobody types
# Wine looks for links in the registry of the computer only, so the person's is read here and run.
link="followup://open/$(call 1)?call_id=verify-4712"
eval "set -- $(command_of HKCU | sed 's/\\/\\\\/g')"
in_wine desk wine "$1" "$2" "$link" >/dev/null 2>&1 || failed "the registered command ended with $?"
show verify-4712 "the link"
passed "the command that is registered for links opens one in the running window"
picture link
shut
passed "the window closes when an installer asks, and keeps the draft: $(look | grep -o verify-471. | sort -u | tr '\n' ' ')"

desk doctor --json >"$work/doctor.json" 2>/dev/null || [ $? -lt 2 ] || { cat "$work/doctor.json"; failed "doctor"; }
grep -q 'Windows keeps secrets' "$work/doctor.json" || failed "doctor finds no credential store"
passed "doctor: $(build/environment/bin/python -c 'import json,sys; d=json.load(open(sys.argv[1])); print(d["worst"], len(d["findings"]), "findings:", *[f["subject"] + " " + f["grade"] for f in d["findings"] if f["grade"] != "fine"])' "$work/doctor.json")"

# -- an upgrade over the running window, then removal

window
in_wine desk wine 'C:\setup.exe' /S || failed "the upgrade ended with $?"
wait "$running" || :
holds verify-4711 || failed "the upgrade lost the draft"
window
holds verify-4711 || failed "the upgraded version lost the draft"
passed "an upgrade in place closes the running window first; store and draft are there"
shut
in_wine desk wine "$program\\uninstall.exe" /S || failed "the uninstaller ended with $?"
until_true 60 test ! -e "$folder" || failed "left behind: $(find "$folder" | head -3)"
[ -z "$(value "$uninstall" DisplayName)$(command_of HKCU)" ] || failed "registry entries are left"
[ -f "$data/sandbox.store" ] || failed "the person's data is gone"
passed "removal: files, links and entry are gone, the person's data is left"

# -- the MSI

cp "$msi" "$c/desk.msi"
in_wine desk wine msiexec /i 'C:\desk.msi' /qn SERVER=https://followups.example.org CLIENTID=desk-7 ||
    failed "the MSI ended with $?"
program='C:\Program Files\Followup Desk'
folder="$c/Program Files/Followup Desk"
[ -f "$folder/agent-app.exe" ] || failed "the MSI installed nothing"
[ "$(command_of HKLM)" = "\"$program\\agent-app.exe\" open \"%1\"" ] || failed "the MSI's link handler: $(command_of HKLM)"
managed="$c/ProgramData/Followup Desk/managed.toml"
grep -q 'server = "https://followups.example.org"' "$managed" && grep -q 'client_id = "desk-7"' "$managed" ||
    failed "SERVER and CLIENTID are not in managed.toml"
desk doctor >"$work/doctor.txt" 2>/dev/null || : # that server is not there
grep -q "server .*followups.example.org' .*fixed" "$work/doctor.txt" || failed "managed.toml is not in effect"
passed "MSI: installed silently for everybody; SERVER and CLIENTID are fixed there, and in effect"
rm -f "$managed.aside" && mv "$managed" "$managed.aside" # the sandbox is what is looked at
window
in_wine desk wine start "followup://open/$(call 2)?call_id=verify-4713" >/dev/null 2>&1 || failed "start followup: ended with $?"
show verify-4713 "start followup:"
passed "start followup://… finds the program in the registry and opens the link in the running window"
shut
mv "$managed.aside" "$managed"
in_wine desk wine msiexec /x 'C:\desk.msi' /qn || failed "the MSI's removal ended with $?"
[ ! -e "$folder/agent-app.exe" ] || failed "the MSI left the program behind"
[ -f "$managed" ] && [ -f "$data/sandbox.store" ] || failed "the MSI's removal took settings or data"
passed "MSI: removed; the settings for everybody and the person's data are left"

[ "$tests" = no ] || "$here/tests_on_wine.sh" "$chroot" "$display" "$work"
printf 'Everything held.\n'
