#!/usr/bin/env bash
# Makes the MSI of a bundle, the same to the byte for the same bundle, version and moment.
#
#   msi.sh BUNDLE MADE VERSION MSI    MADE holds the icon; SOURCE_DATE_EPOCH is the moment (s, UTC)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../setup.sh"
cd "$root"
bundle=$1 made=$2 version=$3 msi=$4
here=packaging/windows
python=build/environment/bin/python

upgrade=6E0B1B7A-3D4C-4F59-9B61-2A7C0D5E8F14
code() { # a code of Windows Installer's, the same for the same words
    "$python" -c 'import sys, uuid; print("{%s}" % str(uuid.uuid5(uuid.UUID(sys.argv[1]), sys.argv[2])).upper())' \
        $upgrade "$1"
}
contents=$(cd "$bundle" && find . -type f -exec sha256sum {} + | LC_ALL=C sort | sha256sum)
find "$bundle/" -type f -not -name 'agent-app*.exe' | LC_ALL=C sort |
    wixl-heat -p "$bundle/" --directory-ref INSTALLDIR --component-group Bundle --var var.BUNDLE --win64 |
    "$python" $here/number_folders.py >"$made/files.wxs"
wixl -a x64 -D Win64=yes -D "BUNDLE=$bundle" -D "VERSION=$version" -D "UPGRADE={$upgrade}" \
    -D "PRODUCT=$(code "product $version $contents")" -D "PACKAGE={$upgrade}" \
    -D "PROGRAM=$(code agent-app.exe)" -D "CONSOLE=$(code agent-app-console.exe)" -D "LINKS=$(code links)" \
    -D "ICON=$made/followup-desk.ico" -o "$msi" $here/agent-app.wxs "$made/files.wxs"
"$python" $here/msi_moment.py "$msi" "$(code "package $version $contents")" "$SOURCE_DATE_EPOCH"
