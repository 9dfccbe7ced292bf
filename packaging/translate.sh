#!/usr/bin/env bash
# Collect the window's strings into resources/translations/*.ts and compile them to .qm.
# With --check: change nothing, and fail where a string is missing, unfinished or not compiled.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bin=.venv/bin
where=resources/translations
if [ "${1:-}" = --check ]; then
    where=$(mktemp -d)
    trap 'rm -rf "$where"' EXIT
    cp resources/translations/*.ts "$where"
fi
mapfile -t sources < <(find agent_app -name '*.py' | LC_ALL=C sort)
"$bin/pyside6-lupdate" "${sources[@]}" -ts "$where/followup-desk_fr.ts" \
    -source-language en -target-language fr -no-obsolete -locations none >/dev/null
"$bin/pyside6-lupdate" "${sources[@]}" -ts "$where/followup-desk_en.ts" \
    -source-language en -target-language en -pluralonly -no-obsolete -locations none >/dev/null
if grep -n 'type="unfinished"' "$where"/*.ts; then
    echo "Some strings are not translated (see above)." >&2
    [ "${1:-}" = --check ] && exit 1
fi
for language in en fr; do
    "$bin/pyside6-lrelease" -silent "$where/followup-desk_$language.ts" \
        -qm "$where/followup-desk_$language.qm"
    if [ "${1:-}" = --check ]; then
        cmp "$where/followup-desk_$language.qm" "resources/translations/followup-desk_$language.qm" || {
            echo "followup-desk_$language.qm is not up to date: run packaging/translate.sh" >&2
            exit 1
        }
    fi
done
