#!/usr/bin/env bash
# Proves Windows' installers on Wine 10, in a minimal Debian 13 that debootstrap makes. README.md beside
# this file says what that shows, and what only a Windows machine can. Needs root.
#
#   packaging/windows/verify.sh [--tests] [--twice] [--screenshots FOLDER] [PART...]
#
# The parts, all of them where none is named: signing, user (the per-user installer, by a person whose name
# has a blank and accents), machine (the installer for everybody, with two people at one computer), msi.
# --twice: a second build in another folder is the same to the byte. --tests: the unit and fault tests on
# Windows' Python.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../setup.sh"
cd "$root"
. packaging/windows/wine.sh
[ "$(id -u)" = 0 ] || { say "This needs root: it makes a Debian of its own with debootstrap."; exit 2; }
tests=no twice=no pictures="" parts=""
while [ $# -gt 0 ]; do
    case $1 in
        --tests) tests=yes ;;
        --twice) twice=yes ;;
        --screenshots) mkdir -p "$2"; pictures=$(cd "$2" && pwd); shift ;;
        signing | user | machine | msi) parts="$parts $1" ;;
        *) say "Usage: packaging/windows/verify.sh [--tests] [--twice] [--screenshots FOLDER] [PART...]"; exit 2 ;;
    esac
    shift
done
needs debootstrap debootstrap
needs Xvfb xvfb
needs import imagemagick
needs xdotool xdotool
needs osslsigncode osslsigncode
needs x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64-win32
needs wixl wixl
install_missing
user=$(echo dist/followup-desk-*-user.exe) machine=$(echo dist/followup-desk-*-machine.exe)
msi=$(echo dist/followup-desk-*.msi)
[ -f "$user" ] && [ -f "$machine" ] && [ -f "$msi" ] ||
    { say "Nothing to verify: run packaging/build.sh windows first."; exit 2; }
version=$(basename "$msi" .msi)
version=${version#followup-desk-}
export PYTHONPATH="$root"
python=build/environment/bin/python
start_wine
c=$chroot$home/desk/drive_c

# -- what a person does with the program; $program is where it is installed, $data what it keeps

of() { # of PERSON: whose data is looked at
    data="$c/users/$1/AppData/Local/followup-desk"
}
look() { "$python" packaging/look.py "$data"; } # what the sandbox account's store holds
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
call() { look | "$python" -c "import json,sys; print(json.load(sys.stdin)['ids'][$1])"; } # the id of a call in the list
show() { # show CALL_ID WHAT: it is among what is typed, on the disk; its card opens by F4 where it waits
    until_true 10 holds "$1" && return
    DISPLAY=$display xdotool key F4
    until_true 30 holds "$1" && return
    picture missing
    failed "$2 did not reach the running window: $(look)"
}
ended() { wait "$1" || :; }
shut() {
    desk close >/dev/null 2>&1 || failed "the window did not close when it was asked to"
    ended "$running"
}
registry() { # what it holds; Wine prints in the code page of consoles
    in_wine desk wine reg query "$@" /reg:64 2>/dev/null | tr -d '\r' | iconv -f CP437 -t UTF-8
}
value() { registry "$1" /v "$2" | sed -n 's/^ .*REG_[A-Z]*  *//p'; }
command_of() { registry "$1\\Software\\Classes\\followup\\shell\\open\\command" /ve | sed -n 's/^ .*REG_SZ  *//p'; }
uninstall='Software\Microsoft\Windows\CurrentVersion\Uninstall\FollowupDesk'
is_managed() { # is_managed SERVER CLIENT_ID: fixed for everybody, and in effect
    managed="$c/ProgramData/Followup Desk/managed.toml"
    grep -q "server = \"$1\"" "$managed" && grep -q "client_id = \"$2\"" "$managed" ||
        failed "the server and the client ID are not in managed.toml"
    desk doctor >"$work/doctor.txt" 2>/dev/null || : # that server is not there
    grep -q "server .*${1#https://}' .*fixed" "$work/doctor.txt" || failed "managed.toml is not in effect"
}
aside() { mv "$managed" "$managed.aside"; } # the sandbox is what is looked at
back() { mv "$managed.aside" "$managed"; }

signing() { # by a certificate of the proof's own
    local with="$work/certificate" file
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Followup Desk, only a test" \
        -addext extendedKeyUsage=codeSigning -keyout "$with.key" -out "$with.pem" 2>/dev/null
    for file in "$user" "$machine" "$msi" build/windows/agent-app/agent-app.exe; do
        rm -f "$work/signed"
        osslsigncode sign -certs "$with.pem" -key "$with.key" -in "$file" -out "$work/signed" >/dev/null
        osslsigncode verify -CAfile "$with.pem" -in "$work/signed" >"$work/signature.log" 2>&1 ||
            { tail "$work/signature.log"; failed "$(basename "$file") cannot be signed"; }
    done
    rm -f "$work/signed"
    passed "a test certificate signs the launcher, the installers and the MSI"
}

user() {
    person='Zoé Müller' zone=Europe/Paris
    fresh desk
    of "$person"
    program="C:\\users\\$person\\AppData\\Local\\Programs\\Followup Desk"
    local folder="$c/users/$person/AppData/Local/Programs/Followup Desk" link
    cp "$user" "$c/setup.exe"
    in_wine desk wine 'C:\setup.exe' /S || failed "the per-user installer ended with $?"
    [ -f "$folder/agent-app.exe" ] || failed "nothing was installed"
    [ "$(value "HKCU\\$uninstall" DisplayName)" = "Followup Desk" ] || failed "no entry in Apps"
    [ "$(command_of HKCU)" = "\"$program\\agent-app.exe\" open \"%1\"" ] || failed "the link handler: $(command_of HKCU)"
    passed "per user ($person): installed silently, entry in Apps, link handler, $(find "$folder" -type f | wc -l) files, $(du -sm "$folder" | cut -f1) MB"

    desk --version | grep -q "^Followup Desk " || failed "--version"
    desk selftest --json --screenshots 'C:\pictures' >"$work/selftest.log" 2>&1 ||
        { cat "$work/selftest.log"; failed "selftest"; }
    passed "selftest in the real window: $(tail -1 "$work/selftest.log" | cut -c1-120)"
    [ -z "$pictures" ] || cp "$c"/pictures/*.png "$pictures/"

    window
    picture window
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
    passed "doctor: $("$python" -c 'import json,sys; d=json.load(open(sys.argv[1])); print(d["worst"], len(d["findings"]), "findings:", *[f["subject"] + " " + f["grade"] for f in d["findings"] if f["grade"] != "fine"])' "$work/doctor.json")"

    window
    in_wine desk wine 'C:\setup.exe' /S || failed "the upgrade ended with $?"
    ended "$running"
    holds verify-4711 || failed "the upgrade lost the draft"
    window
    holds verify-4711 || failed "the upgraded version lost the draft"
    passed "an upgrade in place closes the running window first; store and draft are there"
    shut
    in_wine desk wine "$program\\uninstall.exe" /S || failed "the uninstaller ended with $?"
    until_true 60 test ! -e "$folder" || failed "left behind: $(find "$folder" | head -3)"
    [ -z "$(value "HKCU\\$uninstall" DisplayName)$(command_of HKCU)" ] || failed "registry entries are left"
    [ -f "$data/sandbox.store" ] || failed "the person's data is gone"
    passed "removal: files, links and entry are gone, the person's data is left"
}

at_computer() { # at_computer PERSON: the programs that start from now on keep their data there
    # Wine has one person a session, so the registry's word for the folder is what changes here.
    in_wine desk wine reg add 'HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders' \
        /v 'Local AppData' /d "C:\\users\\$1\\AppData\\Local" /f >/dev/null
    mkdir -p "$c/users/$1/AppData/Local"
    of "$1"
}

machine() {
    person=anna
    fresh desk
    program='D:\Programmes installés\Followup Desk' # not the place that it would take by itself
    local folder="$chroot$home/desk-d/Programmes installés/Followup Desk" annas brunos ended_with=0
    mkdir -p "$chroot$home/desk-d"
    ln -sfn "$home/desk-d" "$chroot$home/desk/dosdevices/d:"
    rm -rf "$folder"
    cp "$machine" "$c/setup.exe"
    # As an administrator's script says it: /D is not quoted, which only a shell of Windows leaves so.
    in_wine desk wine cmd /c "C:\setup.exe /S /SERVER=https://followups.example.org /CLIENTID=desk-6 /D=$program" ||
        failed "the installer for everybody ended with $?"
    [ -f "$folder/agent-app.exe" ] || failed "nothing was installed"
    [ "$(value "HKLM\\$uninstall" DisplayName)" = "Followup Desk" ] || failed "no entry in Apps"
    [ "$(command_of HKLM)" = "\"$program\\agent-app.exe\" open \"%1\"" ] || failed "the link handler: $(command_of HKLM)"
    at_computer anna
    is_managed https://followups.example.org desk-6
    passed "for everybody: installed silently where /D says; the server and the client ID are fixed, and in effect"

    aside
    window
    annas=$running
    desk open --call-id verify-anna -- "$(call 0)" >/dev/null 2>&1 || failed "open"
    show verify-anna "Anna's call"
    at_computer bruno
    window
    brunos=$running
    desk open --call-id verify-bruno -- "$(call 1)" >/dev/null 2>&1 || failed "open"
    show verify-bruno "Bruno's call"
    picture two-people
    of anna
    holds verify-bruno && failed "Bruno's call reached Anna's window"
    passed "two people at one computer: each has a window and data of their own, a call reaches its own"
    of bruno
    in_wine desk wine 'C:\setup.exe' /S || ended_with=$?
    [ $ended_with = $((1618 % 256)) ] || failed "the upgrade under Anna's window ended with $ended_with, not 1618"
    ended "$brunos"
    kill -0 "$annas" 2>/dev/null || failed "Bruno's upgrade closed Anna's window"
    [ -f "$folder/agent-app.exe" ] || failed "the upgrade under Anna's window took the program away"
    at_computer anna
    shut
    in_wine desk wine 'C:\setup.exe' /S || failed "the upgrade ended with $?"
    [ -f "$folder/agent-app.exe" ] || failed "the upgrade did not go where the older version is"
    back
    is_managed https://followups.example.org desk-6
    passed "an upgrade under another person's window ends with 1618 and changes nothing; later it goes where the older one is and keeps the settings"
    in_wine desk wine "$program\\uninstall.exe" /S || failed "the uninstaller ended with $?"
    until_true 60 test ! -e "$folder" || failed "left behind: $(find "$folder" | head -3)"
    [ -z "$(value "HKLM\\$uninstall" DisplayName)$(command_of HKLM)" ] || failed "registry entries are left"
    holds verify-anna && [ -f "$managed" ] || failed "the removal took data or settings"
    passed "removal: files, links and entry are gone, the data of both and the settings for everybody are left"
}

products() { # what Windows lists as installed
    registry 'HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall' /s | grep -A40 '{' | sed -n 's/^ *DisplayVersion .*REG_SZ  *//p' | tr '\n' ' '
}

msi() {
    person=anna
    fresh desk
    of anna
    program='C:\Program Files\Followup Desk'
    local folder="$c/Program Files/Followup Desk" made=build/windows/made
    SOURCE_DATE_EPOCH=1 $here/msi.sh build/windows/agent-app $made 0.0.1 "$c/before.msi"
    cp "$msi" "$c/desk.msi"
    in_wine desk wine msiexec /i 'C:\before.msi' /qn SERVER=https://followups.example.org CLIENTID=desk-7 ||
        failed "the MSI ended with $?"
    [ -f "$folder/agent-app.exe" ] || failed "the MSI installed nothing"
    [ "$(command_of HKLM)" = "\"$program\\agent-app.exe\" open \"%1\"" ] || failed "the MSI's link handler: $(command_of HKLM)"
    is_managed https://followups.example.org desk-7
    passed "MSI: installed silently for everybody; SERVER and CLIENTID are fixed there, and in effect"
    aside
    window
    in_wine desk wine start "followup://open/$(call 2)?call_id=verify-4713" >/dev/null 2>&1 || failed "start followup: ended with $?"
    show verify-4713 "start followup:"
    passed "start followup://… finds the program in the registry and opens the link in the running window"

    [ "$(products)" = "0.0.1 " ] || failed "installed are: $(products)"
    rm "$folder/licences/README.txt" # what the newer one brings again
    in_wine desk wine msiexec /i 'C:\desk.msi' /qn || failed "the MSI over an older one ended with $?"
    ended "$running"
    [ "$(products)" = "$version " ] || failed "after the upgrade are installed: $(products)"
    (cd build/windows/agent-app && find . -type f | LC_ALL=C sort) | diff - <(cd "$folder" && find . -type f | LC_ALL=C sort) ||
        failed "the upgrade left other files than a new installation"
    window
    holds verify-4713 || failed "the upgrade lost the draft"
    shut
    in_wine desk wine msiexec /i 'C:\before.msi' /qn && failed "an older MSI goes over a newer one"
    back
    is_managed https://followups.example.org desk-7
    passed "MSI over an older MSI and its open window: the window closes first; one product, all its files, draft and settings are there; an older one is refused"
    in_wine desk wine msiexec /x 'C:\desk.msi' /qn || failed "the MSI's removal ended with $?"
    [ ! -e "$folder/agent-app.exe" ] || failed "the MSI left the program behind"
    [ -z "$(products)$(command_of HKLM)" ] || failed "registry entries are left"
    [ -f "$managed" ] && [ -f "$data/sandbox.store" ] || failed "the MSI's removal took settings or data"
    passed "MSI: removed; the settings for everybody and the person's data are left"
}

for part in ${parts:-signing user machine msi}; do $part; done

if [ "$twice" = yes ]; then
    again=$work/again
    rm -rf "$again"
    git clone --quiet "$root" "$again"
    (cd "$again" && ./packaging/build.sh windows >"$work/again.log" 2>&1) || { tail -5 "$work/again.log"; failed "the second build"; }
    (cd dist && sha256sum followup-desk-*) | diff - <(cd "$again/dist" && sha256sum followup-desk-*) ||
        failed "two builds of $(git rev-parse --short HEAD) differ"
    passed "a second build, in another folder, is the same to the byte: $(cd dist && echo followup-desk-*)"
    rm -rf "$again"
fi
[ "$tests" = no ] || {
    stop_wine
    $here/tests_on_wine.sh
}
printf 'Everything held.\n'
