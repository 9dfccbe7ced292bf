# Sourced by run.sh and test.sh: the private environment in .venv, and the libraries Qt needs.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv="$root/.venv"

# What Qt's xcb and offscreen plug-ins and its sound link to, by Debian's names, and one font.
qt_libraries="libEGL.so.1:libegl1 libGL.so.1:libgl1 libOpenGL.so.0:libopengl0
 libxkbcommon.so.0:libxkbcommon0 libxkbcommon-x11.so.0:libxkbcommon-x11-0 libdbus-1.so.3:libdbus-1-3
 libfontconfig.so.1:libfontconfig1 libglib-2.0.so.0:libglib2.0-0 libxcb-cursor.so.0:libxcb-cursor0
 libxcb-icccm.so.4:libxcb-icccm4 libxcb-image.so.0:libxcb-image0 libxcb-keysyms.so.1:libxcb-keysyms1
 libxcb-randr.so.0:libxcb-randr0 libxcb-render-util.so.0:libxcb-render-util0
 libxcb-shape.so.0:libxcb-shape0 libxcb-xinerama.so.0:libxcb-xinerama0 libxcb-xkb.so.1:libxcb-xkb1
 libX11-xcb.so.1:libx11-xcb1 libXrandr.so.2:libxrandr2 libpulse.so.0:libpulse0"
qt_libraries=$(echo $qt_libraries)
qt_packages="$(echo "$qt_libraries" | tr ' ' '\n' | sed 's/.*://' | tr '\n' ' ')fonts-dejavu-core"

say() { printf '%s\n' "$*" >&2; }

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# Install Debian packages, or say the one command that does it and stop.
need_packages() {
    if may_install; then
        say "Installing system packages: $*"
        local log
        log=$(mktemp)
        if ! { DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
               DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } \
             >"$log" 2>&1; then
            tail -n 15 "$log" >&2
            rm -f "$log"
            say "The packages could not be installed; see above."
            exit 1
        fi
        rm -f "$log"
    elif command -v apt-get >/dev/null 2>&1; then
        say "Some system packages are missing. Run this once, then start again:"
        say "    sudo apt-get install -y $*"
        exit 1
    else
        say "Some system libraries are missing. Install what your system calls these (Debian names):"
        say "    $*"
        exit 1
    fi
}

# A script says first all that it needs, then calls install_missing: one command to run, not several.
missing=""
lacks() { missing="$missing $*"; }
needs() { # needs COMMAND PACKAGE...
    command -v "$1" >/dev/null 2>&1 || lacks "${@:2}"
}
needs_library() { # needs_library NAME PACKAGE...
    local known
    known=$(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p) # not in an ordinary user's path on Debian
    case $known in *"$1"*) ;; *) lacks "${@:2}" ;; esac
}
needs_qt() {
    local pair
    for pair in $qt_libraries; do needs_library "${pair%:*}" "${pair#*:}"; done
}
needs_python() {
    if ! look_for_python; then
        lacks python3 python3-venv
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        lacks "python$(python_minor)-venv"
    fi
}
needs_python_library() { # what PyInstaller puts into a bundle
    if [ -z "$python" ]; then
        lacks libpython3-dev # the package's name has the version, which nobody knows yet
    elif ! "$python" -c 'import ctypes, sysconfig; ctypes.CDLL(sysconfig.get_config_var("INSTSONAME"))' 2>/dev/null; then
        lacks "libpython$(python_minor)"
    fi
}
install_missing() {
    [ -z "$missing" ] || need_packages $missing
    missing=""
}

python_minor() { "$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])'; }

look_for_python() {
    local name
    python=""
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
           "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            python=$(command -v "$name")
            return
        fi
    done
    return 1
}

find_python() {
    look_for_python && return
    if may_install; then
        need_packages python3 python3-venv
        look_for_python && return
    fi
    say "Python 3.11 or later is needed, and was not found."
    exit 1
}

missing_libraries() {
    local qt
    qt=$("$venv/bin/python" -c 'import importlib.util as u; print(u.find_spec("PySide6").submodule_search_locations[0])')
    ldd "$qt"/Qt{Core,Gui,Widgets,Svg,Network,Multimedia}.abi3.so \
        "$qt"/Qt/plugins/platforms/libq{xcb,offscreen}.so \
        "$qt"/Qt/plugins/multimedia/libffmpegmediaplugin.so 2>/dev/null | grep -q 'not found' ||
        ! find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
            \( -name '*.ttf' -o -name '*.otf' -o -name '*.ttc' -o -name '*.pfb' \) -print -quit 2>/dev/null |
            grep -q .
}

# environment FOLDER LOCK SIZE: FOLDER holds exactly what packaging/locks/LOCK.txt names, by hash.
# Returns 1 where that was so already.
environment() {
    local folder=$1 lock="$root/packaging/locks/$2.txt" stamp wanted
    stamp="$folder/.prepared-$2"
    wanted=$(sha256sum <"$lock")
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && [ -x "$folder/bin/python" ]; then
        return 1
    fi
    find_python
    if [ ! -x "$folder/bin/python" ] || ! "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
        rm -rf "$folder"
        if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
            need_packages python3-venv $qt_packages  # all at once: one command to run, not two
        fi
        say "Making a private Python environment in ${folder#"$root"/} (once)."
        mkdir -p "$(dirname "$folder")"
        "$python" -m venv "$folder"
    fi
    say "Installing what packaging/locks/$2.txt names (once; about $3 MB)."
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes --no-deps -r "$lock" >&2 || {
        say "The libraries could not be installed. Is there a network?"
        exit 1
    }
    printf '%s\n' "$wanted" >"$stamp"
}

# prepare LOCK: .venv can run the desk (and its tests, with LOCK test).
prepare() {
    environment "$venv" "$1" 290 || return 0
    if [ "$(uname -s)" = Linux ] && missing_libraries; then
        rm -f "$venv/.prepared-$1"
        need_packages $qt_packages
        if missing_libraries; then
            say "Qt still misses a system library; 'ldd' on PySide6's files tells which."
            exit 1
        fi
        sha256sum <"$root/packaging/locks/$1.txt" >"$venv/.prepared-$1"
    fi
}

# A bare system has no locale; Qt and Python both want UTF-8.
if [ -z "${LC_ALL:-}${LC_CTYPE:-}${LANG:-}" ]; then export LANG=C.UTF-8; fi
