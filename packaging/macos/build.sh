#!/usr/bin/env bash
# Makes "Followup Desk.app" with its link scheme, on macOS, from the hashed locks.
# UNTRIED: no macOS was at hand when this was written. It is not signed and not notarized.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../setup.sh"
cd "$root"
[ "$(uname -s)" = Darwin ] || { say "This needs macOS."; exit 2; }
environment "$root/build/environment" bundle 300 || :
inside="$root/build/environment/bin/python"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH PYTHONHASHSEED=0 PYTHONPATH="$root"
rm -rf build/made build/bundle build/work
mkdir -p build/made dist
QT_QPA_PLATFORM=offscreen "$inside" packaging/gather.py before build/made
"$inside" -m PyInstaller --noconfirm --clean --log-level ERROR --distpath build/bundle \
    --workpath build/work packaging/agent-app.spec
ditto -c -k --keepParent "build/bundle/Followup Desk.app" dist/followup-desk-macos.zip
