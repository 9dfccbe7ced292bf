#!/usr/bin/env bash
# Runs a whole session of the desk against the sandbox through Prism, a proxy that checks each request
# and each reply against resources/openapi.yaml and refuses what is not in it. Needs npm and a network
# the first time. Ends with 0 (no violation), 1 (one, named), 3 (it could not be tried).
set -uo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"
cd "$root" || exit 1
prism_version=5.16.0
prism="$root/build/prism/node_modules/.bin/prism"
export PYTHONPATH="$root" PYTHONDONTWRITEBYTECODE=1

command -v npm >/dev/null 2>&1 || { say "npm is needed for Prism, and was not found."; exit 3; }
prepare test
if ! "$prism" --version 2>/dev/null | grep -qx "$prism_version"; then
    npm install --silent --no-fund --no-audit --prefix build/prism \
        "@stoplight/prism-cli@$prism_version" || { say "Prism could not be fetched."; exit 3; }
fi

work=$(mktemp -d)
end() { # only what was started here
    [ -z "${proxy:-}" ] || kill "$proxy" 2>/dev/null
    [ -z "${sandbox:-}" ] || kill "$sandbox" 2>/dev/null
    rm -rf "$work"
}
trap end EXIT
free_port() { "$venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
answers() { # answers ADDRESS: within 30 s
    "$venv/bin/python" - "$1" <<'END'
import sys, time, urllib.error, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
for _ in range(300):
    try:
        opener.open(sys.argv[1], timeout=5)
    except urllib.error.HTTPError:
        sys.exit(0)
    except OSError:
        time.sleep(0.1)
sys.exit(1)
END
}

here=$(free_port)
there=$(free_port)
"$venv/bin/python" -m agent_app sandbox --port "$there" --followups 200 --role supervisor \
    >"$work/sandbox.log" 2>&1 &
sandbox=$!
"$prism" proxy resources/openapi.yaml "http://127.0.0.1:$there" --errors --port "$here" \
    >"$work/prism.log" 2>&1 &
proxy=$!
address="http://127.0.0.1:$here"
answers "http://127.0.0.1:$there/token" && answers "$address/token" || {
    say "The proxy or the sandbox did not come up:"; tail -n 5 "$work"/*.log >&2; exit 3; }

# A proxy that lets everything through proves nothing: it has to refuse what the contract has not.
refused=$("$venv/bin/python" - "$address" <<'END'
import sys, urllib.error, urllib.request
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
wrong = urllib.request.Request(
    sys.argv[1] + "/external-api/v1/followups?limit=1000", headers={"Authorization": "Bearer x"}
)
try:
    opener.open(wrong, timeout=10)
except urllib.error.HTTPError as error:
    print(error.headers.get("Content-Type", ""))
END
)
case $refused in
    *problem+json*) ;;
    *) say "The proxy refuses nothing ($refused): this proves nothing."; exit 3 ;;
esac

refusals() { grep -c 'terminated with error' "$work/prism.log"; }
before=$(refusals)
"$venv/bin/python" -m tests.contract.session "$address"
status=$?
# Replies are checked as well: --errors turns a wrong one into an error for the client, and logs it.
[ "$(refusals)" = "$before" ] || status=1
[ $status = 0 ] && say "No violation of the contract." || { tail -n 15 "$work/prism.log" >&2; status=1; }
exit $status
