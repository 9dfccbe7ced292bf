#!/usr/bin/env bash
# Compiles the installer script here, with makensis (Debian: nsis), for both kinds, warnings as
# errors, against the files of the Linux bundle under their Windows names. That proves the script, not
# the installer: see README.md beside this file.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../setup.sh"
cd "$root"
command -v makensis >/dev/null 2>&1 || need_packages nsis
bundle=build/bundle/agent-app
[ -d "$bundle" ] || { say "There is no bundle yet: run packaging/build.sh linux first."; exit 2; }
stand_in=$(mktemp -d)
trap 'rm -rf "$stand_in"' EXIT
cp -rL "$bundle" "$stand_in/agent-app"
mv "$stand_in/agent-app/agent-app" "$stand_in/agent-app/agent-app.exe"
cp "$stand_in/agent-app/agent-app.exe" "$stand_in/agent-app/agent-app-console.exe"
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' agent_app/__init__.py)
for kind in user machine; do
    options=(-DBUNDLE="$stand_in/agent-app" -DVERSION="$version" -DOUT="$stand_in/$kind.exe")
    [ $kind = machine ] && options+=(-DPERMACHINE)
    # Compression is not what is checked: it would take minutes.
    makensis -V2 -WX "${options[@]}" "-XSetCompress off" packaging/windows/agent-app.nsi
    file=$stand_in/$kind.exe
    [ "$(head -c 2 "$file")" = MZ ] || { say "$kind: no program came of it"; exit 1; }
    printf 'ok    %s: %s files, %s bytes\n' "$kind" "$(find "$stand_in/agent-app" -type f | wc -l)" "$(stat -c %s "$file")"
done
