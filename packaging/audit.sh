#!/usr/bin/env bash
# Looks at what we ship: whether a published hole is known in a locked version (pip-audit), and
# whether each licence is one that we ship. Without a network it says so; it never says "fine" then.
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$root" || exit 1
environment "$root/build/environment" bundle 300 || :
environment "$root/build/tools" tools 40 || :
tools="$root/build/tools/bin"
status=0

mkdir -p build/made
"$tools/pip-licenses" --python="$root/build/environment/bin/python" --format=json --with-license-file \
    --with-notice-file --no-license-path --with-urls --from=all >build/made/licences.json
"$root/build/environment/bin/python" packaging/gather.py licences build/made/licences.json || status=1

said=$(mktemp)
log=$(mktemp)
for lock in run test bundle tools; do
    printf '%-7s ' "$lock:"
    # It ends well, too, where it could look up nothing: what it says of each package is read.
    : >"$said"
    "$tools/pip-audit" --requirement "packaging/locks/$lock.txt" --disable-pip --require-hashes \
        --progress-spinner off --timeout 15 --format json >"$said" 2>"$log"
    "$root/build/environment/bin/python" packaging/gather.py holes "$said"
    case $? in
        0) ;;
        3) [ $status = 1 ] || status=3 ;;
        *) status=1 ;;
    esac
done
rm -f "$said" "$log"
exit $status
