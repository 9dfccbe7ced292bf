"""A sandbox in a process of its own for tests, and anybody's view of it over plain HTTP."""

import json
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
API = "/external-api/v1"
LINKS = {"audio_url", "pdf_url", "media_urls_expire_at"}
"""Signed anew at each read: no change of a followup."""


class RunningSandbox:
    """Ends with `stop`, and with this process however that ends."""

    def __init__(self, *arguments: str, is_quiet: bool = False) -> None:
        """*is_quiet*: what it says of requests that were given up is not shown."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "agent_app", "sandbox", "--parent", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if is_quiet else None,
            cwd=ROOT,
        )
        assert self._process.stdout is not None
        said = json.loads(self._process.stdout.readline())
        self.server: str = said["server"]
        self.media: str = said["media"]
        self.client_id: str = said["client_id"]
        self.client_secret: str = said["client_secret"]
        self._token = ""

    def stop(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def kill(self) -> None:
        self._process.kill()
        self.stop()

    # -- plain HTTP

    def ask(
        self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None
    ) -> tuple[int, Any, dict[str, str]]:
        """Status, JSON (or None) and headers in lower case."""
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(
            self.server + path, data, {"X-Sandbox-Control": "1", **(headers or {})}, method=method
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=20) as reply:
                raw, code, said = reply.read(), reply.status, reply.headers
        except urllib.error.HTTPError as error:
            with error:
                raw, code, said = error.read(), error.code, error.headers
        lower = {name.lower(): value for name, value in said.items()}
        try:
            return code, json.loads(raw), lower
        except ValueError:
            return code, None, lower

    def token(self, **form: str) -> dict[str, Any]:
        """The token endpoint's answer; client_credentials unless told otherwise."""
        values = form or {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
        }
        request = urllib.request.Request(
            self.server + "/token", urllib.parse.urlencode(values).encode()
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=20) as reply:
                found: dict[str, Any] = json.load(reply)
        except urllib.error.HTTPError as error:
            with error:
                found = {"status": error.code, **json.load(error)}
        return found

    def api(
        self, method: str, path: str, body: Any = None, *, calm: bool = False
    ) -> tuple[int, Any, dict[str, str]]:
        """A call of the API with a token of our own; *calm*: spared of all faults."""
        self._token = self._token or self.token()["access_token"]
        who = {"X-Sandbox-Who": "colleague", "X-Sandbox-Calm": "1"} if calm else {}
        headers = {"Authorization": f"Bearer {self._token}", **who}
        code, reply, said = self.ask(method, API + path, body, headers=headers)
        if code == 401:
            self._token = self.token()["access_token"]
            headers = {"Authorization": f"Bearer {self._token}", **who}
            code, reply, said = self.ask(method, API + path, body, headers=headers)
        return code, reply, said

    def followup(self, followup_id: str) -> dict[str, Any]:
        """A followup as the server has it, without the links."""
        found: dict[str, Any] = self.api("GET", f"/followups/{followup_id}")[1]["data"]
        return {name: value for name, value in found.items() if name not in LINKS}

    def put(self, followup_id: str, **changes: Any) -> Any:
        """A colleague's edit."""
        code, reply, _ = self.api("PUT", f"/followups/{followup_id}", changes)
        assert code == 200, reply
        return reply["data"]

    def some(self, **wanted: str) -> dict[str, Any]:
        """The newest followup for which the filters hold."""
        query = urllib.parse.urlencode({"limit": "1", **wanted})
        found: dict[str, Any] = self.api("GET", f"/followups?{query}")[1]["data"][0]
        return found

    # -- the knobs

    def fault(self, text: str, **more: Any) -> None:
        method, path, kind = text.split(" ", 2)
        name, _, value = kind.partition("=")
        said = {"method": method, "path": path, "kind": name, "value": value or None, **more}
        code, reply, _ = self.ask("POST", "/sandbox/faults", said)
        assert code == 200, reply

    def begin_anew(self, *, seed: int, followups: int) -> None:
        """Other data, no faults, nothing seen."""
        self.reset()
        code, reply, _ = self.ask("POST", "/sandbox/reset", {"seed": seed, "followups": followups})
        assert code == 200, reply

    def colleague(self, **said: Any) -> dict[str, Any]:
        """A colleague edits (`id`, `field`, `word`), or works on by themselves (`rate`, `seed`)."""
        code, reply, _ = self.ask("POST", "/sandbox/colleague", said)
        assert code == 200, reply
        changes: dict[str, Any] = reply.get("changes", {})
        return changes

    def no_colleague(self) -> None:
        self.ask("DELETE", "/sandbox/colleague")

    def since(self, number: int) -> list[dict[str, Any]]:
        """What came in after the request of that number, the oldest first."""
        seen: list[dict[str, Any]] = self.ask("GET", f"/sandbox/requests?since={number}")[1][
            "requests"
        ]
        return seen

    def no_faults(self) -> None:
        self.ask("DELETE", "/sandbox/faults")

    def set(self, **values: Any) -> None:
        code, reply, _ = self.ask("POST", "/sandbox/set", values)
        assert code == 200, reply

    def expire(self, *, refresh: bool = False) -> None:
        self.ask("POST", "/sandbox/expire", {"refresh": refresh})

    def forget_requests(self) -> None:
        self.ask("DELETE", "/sandbox/requests")

    def requests(self, method: str = "", path: str = "") -> list[dict[str, Any]]:
        """What came in, the oldest first."""
        seen = self.ask("GET", "/sandbox/requests")[1]["requests"]
        return [
            one for one in seen if (not method or one["method"] == method) and path in one["path"]
        ]

    def puts(self) -> list[dict[str, Any]]:
        """The bodies of all PUTs that arrived."""
        return [json.loads(one["body"]) for one in self.requests("PUT")]

    def reset(self) -> None:
        """As after the start, but for the data."""
        self.no_faults()
        self.set(scopes="", strict_scopes=False, late_scopes=False, wants_secret=False)
        self.set(
            gives_refresh=True,
            token_nulls=False,
            names_people=True,
            auth_age_s=0,
            authorize_error="",
        )
        self.set(
            reads=1000, writes=500, window_s=3600, access_s=3600, link_life_s=900, role="agent"
        )
        self.forget_requests()
