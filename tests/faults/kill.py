"""Pulls the plug: the real program is driven by a script and killed while it types and saves.

    python -m tests.faults.kill --rounds 200

Each round starts the program on the same data folder and a faulty sandbox, lets a script type into
notes, save, and file new followups, and kills it (SIGKILL) at a random moment. What the script saw
is in a journal; what is left is looked up in the store. At the end the faults stop, the outbox
drains, and the server is compared with the journal. The figures to be 0 are printed last.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.sandbox import ROOT, RunningSandbox
from tests.waiting import lives_on, until

PASSPHRASE = "for the kill test"
GRACE_S = 0.5
"""What was typed this long before the program's last sign of life must be there (seconds): while it
gets no processor it can keep nothing, however long before the kill that was."""
FOLLOWUPS = 6
FAULTS = (
    "PUT * drop=after",
    "PUT * drop=before",
    "PUT * status=503",
    "PUT * delay=0.2",
    "PUT * truncate",
    "POST */followups drop=after",
    "POST */followups status=502",
    "GET * delay=0.1",
    "GET */followups* status=500",
)
SEQUENCE = re.compile(r"#(\d+)#")


@dataclass
class Figures:
    """What came of it."""

    rounds: int = 0
    typed: int = 0
    saves: int = 0
    created: int = 0
    lost_characters: int = 0
    lost_saves: int = 0
    created_twice: int = 0
    created_lost: int = 0
    out_of_order: int = 0
    remarks: list[str] = field(default_factory=list)

    @property
    def bad(self) -> int:
        return (
            self.lost_characters
            + self.lost_saves
            + self.created_twice
            + self.created_lost
            + self.out_of_order
        )

    def __str__(self) -> str:
        return "\n".join(
            [
                f"rounds                                        {self.rounds}",
                f"characters typed                              {self.typed}",
                f"saves acknowledged                            {self.saves}",
                f"followups created                             {self.created}",
                f"characters lost that were older than 500 ms   {self.lost_characters}",
                f"saves acknowledged and lost                   {self.lost_saves}",
                f"followups created twice                       {self.created_twice}",
                f"followups created and lost                    {self.created_lost}",
                f"outbox entries out of order                   {self.out_of_order}",
                *self.remarks,
            ]
        )


# -- the program under the script


def child(server: str, client: str, secret: str, data: Path, journal: Path, seed: int) -> None:
    """Run the real desk and type until killed."""
    from agent_app.app.desktop import Desktop
    from agent_app.app.run import application
    from agent_app.config.account import Account, SignInMethod
    from agent_app.config.layers import Configuration
    from agent_app.domain.settings import Settings
    from agent_app.runtime.loop import DeskLoop

    app = application(Settings(language="en"))

    async def story() -> None:
        desk = Desktop(app, data, Configuration(Settings(language="en"), passphrase=PASSPHRASE))
        desk.window.show()
        desk.window.activateWindow()
        await desk.start(Account(SignInMethod.ENVIRONMENT, server, client, secret))
        with journal.open("a", buffering=1) as log:
            await _type_for_ever(desk, random.Random(seed), log, seed)

    with DeskLoop(app) as loop:
        loop.run_until_complete(story())


async def _type_for_ever(desk: Any, rng: random.Random, log: Any, seed: int) -> None:
    from PySide6.QtTest import QTest

    def note(**said: Any) -> None:
        log.write(json.dumps({"at": time.time(), **said}) + "\n")

    store, session = desk.store, desk.session
    await until(lambda: store.followups.count() >= FOLLOWUPS)
    # The first rows that were loaded: none of those that this script files itself.
    rows = store.listing.rows(range(1, FOLLOWUPS + 1))
    ids = sorted(row.id for row in rows.values())
    note(ready=True)
    number = seed * 1000
    while True:
        number += 1
        session.open(rng.choice(ids))
        notes = desk.window.editor.form.rows["notes"].editor.focus
        notes.setFocus()
        notes.selectAll()
        text = f"#{number}# " + "".join(rng.choices("abcdefgh ", k=rng.randint(5, 60)))
        for place in range(0, len(text), 4):
            QTest.keyClicks(notes, text[place : place + 4])
            note(typed=notes.toPlainText(), id=session.followup_id)
            await asyncio.sleep(rng.uniform(0.0, 0.03))
        if rng.random() < 0.7:
            wanted = session.value("notes")
            session.save()
            note(saved=wanted, id=session.followup_id)
        if rng.random() < 0.15:
            debt = session.followup.debt_id
            words = f"new {seed}-{number}"
            desk.commands.create(debt, {"type": "manual_call", "notes": words})
            note(created=words)
        await asyncio.sleep(rng.uniform(0.0, 0.05))


# -- the one who pulls the plug


@dataclass
class Journal:
    """What the script saw: the last text typed and saved for each followup, and what it filed."""

    typed: dict[str, tuple[float, str]] = field(default_factory=dict)
    saved: dict[str, str] = field(default_factory=dict)
    created: list[str] = field(default_factory=list)

    def read(self, file: Path, figures: Figures) -> None:
        """Take in one round's lines; what was typed last may be lost."""
        lines = []
        for line in file.read_text().splitlines():
            with contextlib.suppress(ValueError):  # the kill came in the middle of this line
                lines.append(json.loads(line))
        cut = max(said["at"] for said in lines) - GRACE_S
        for said in lines:
            if "typed" in said:
                figures.typed += 4
                if said["at"] < cut:
                    self.typed[said["id"]] = (said["at"], said["typed"])
            elif "saved" in said:
                figures.saves += 1
                self.saved[said["id"]] = said["saved"]
                self.typed.pop(said["id"], None)
            elif "created" in said:
                figures.created += 1
                self.created.append(said["created"])


def _kept(store: Any, followup_id: str) -> list[str]:
    """Every text that the store holds for a followup's notes."""
    found = []
    draft = store.drafts.get(followup_id)
    if draft is not None:
        found.append(draft.patch.changes.get("notes"))
    found += [entry.patch.changes.get("notes") for entry in store.outbox.of(followup_id)]
    both = (store.followups.get(followup_id), store.followups.from_server(followup_id))
    found += [followup.notes if followup else None for followup in both]
    return [text for text in found if text]


def _inspect(store_file: Path, journal: Journal, sandbox: RunningSandbox, figures: Figures) -> None:
    """Hold the store against the journal."""
    from agent_app.store.database import Key
    from agent_app.store.store import Store

    store = Store(store_file, Key(passphrase=PASSPHRASE))
    try:
        for followup_id, (_, text) in journal.typed.items():
            kept = _kept(store, followup_id)
            # Typing goes on after what we ask for: the text may be longer by now.
            if not any(one.startswith(text) or _later(one, text) for one in kept):
                figures.lost_characters += len(text)
                figures.remarks.append(f"lost: {text!r}, kept {kept!r}")
        for followup_id, text in journal.saved.items():
            kept = _kept(store, followup_id)
            there = sandbox.followup(followup_id)["notes"] or ""
            if not any(one == text or _later(one, text) for one in [*kept, there]):
                figures.lost_saves += 1
                figures.remarks.append(f"lost save: {text!r}, kept {kept!r}, there {there!r}")
    finally:
        store.close()
    journal.typed.clear()


def _later(one: str, text: str) -> bool:
    """Whether *one* was typed after *text*."""
    first, second = SEQUENCE.search(one), SEQUENCE.search(text)
    return bool(first and second and int(first[1]) > int(second[1]))


def run(rounds: int, seed: int) -> Figures:
    """Pull the plug *rounds* times."""
    figures, journal, rng = Figures(), Journal(), random.Random(seed)
    sandbox = RunningSandbox("--followups", "30", "--reads", "1000000", "--writes", "1000000")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    # Windows lets go of a killed process's files a moment after its end.
    with tempfile.TemporaryDirectory(prefix="followup-kill-", ignore_cleanup_errors=True) as name:
        data = Path(name)
        for number in range(1, rounds + 1):
            sandbox.no_faults()
            # The first list is loaded in peace: without rows there is nothing to type into.
            for fault in rng.sample(FAULTS, 3) if number > 1 else ():
                sandbox.fault(fault, count=rng.randint(1, 4))
            log = data / f"journal-{number}"
            with (data / "errors").open("ab") as errors:
                process = subprocess.Popen(
                    [
                        sys.executable,
                        "-m",
                        "tests.faults.kill",
                        "--child",
                        sandbox.server,
                        sandbox.client_id,
                        sandbox.client_secret,
                        str(data),
                        str(log),
                        str(number),
                    ],
                    cwd=ROOT,
                    env=environment,
                    stderr=errors,
                )
            try:
                _wait_until_ready(process, log)
            except (RuntimeError, AssertionError):
                errors_text = (data / "errors").read_text()[-3_000:]
                print(f"round {number}:\n{errors_text}", file=sys.stderr)
                raise
            lives_on(process, rng.uniform(0.05, 2.0))
            process.kill()
            process.wait()
            figures.rounds += 1
            journal.read(log, figures)
            sandbox.no_faults()
            (file,) = data.glob("*.store")
            _inspect(file, journal, sandbox, figures)
        sandbox.no_faults()
        asyncio.run(_drain(next(data.glob("*.store")), sandbox))
        _compare(sandbox, journal, figures)
    sandbox.stop()
    return figures


def _wait_until_ready(process: "subprocess.Popen[bytes]", log: Path) -> None:
    def is_ready() -> bool:
        if process.poll() is not None:
            raise RuntimeError(
                f"the program ended by itself ({process.returncode}), see its errors"
            )
        return log.exists() and "ready" in log.read_text()

    asyncio.run(until(is_ready, deadline_s=30))


async def _drain(file: Path, sandbox: RunningSandbox) -> None:
    """Let everything leave, as a start without faults would."""
    from agent_app.api.client import Client
    from agent_app.api.tokens import ClientCredentials
    from agent_app.api.transport import Transport
    from agent_app.store.database import Key
    from agent_app.store.store import Store
    from agent_app.sync.engine import Engine

    store = Store(file, Key(passphrase=PASSPHRASE))
    client = Client(
        Transport(sandbox.server), ClientCredentials(sandbox.client_id, sandbox.client_secret)
    )
    engine = Engine(client, store)
    engine.start()
    deadline = time.monotonic() + 120
    while store.outbox.counts()[0] and time.monotonic() < deadline:
        engine.wake()
        await asyncio.sleep(0.2)
    await engine.stop()
    store.close()


def _compare(sandbox: RunningSandbox, journal: Journal, figures: Figures) -> None:
    """Hold the server against the journal."""
    for followup_id, text in journal.saved.items():
        there = sandbox.followup(followup_id)["notes"] or ""
        if there != text and not _later(there, text):
            figures.lost_saves += 1
            figures.remarks.append(f"not on the server: {text!r}, there {there!r}")
    pages = sandbox.api("GET", "/followups?limit=100")[1]["pagination"]["pages"]
    rows = [
        row
        for page in range(1, pages + 1)
        for row in sandbox.api("GET", f"/followups?limit=100&page={page}")[1]["data"]
    ]
    for words in journal.created:
        count = sum(row["notes"] == words for row in rows)
        figures.created_twice += max(count - 1, 0)
        figures.created_lost += count == 0
    newest: dict[str, int] = {}
    for seen in sandbox.requests("PUT"):
        found = SEQUENCE.search(json.loads(seen["body"] or "{}").get("notes") or "")
        if found:
            figures.out_of_order += int(found[1]) < newest.get(seen["path"], 0)
            newest[seen["path"]] = max(newest.get(seen["path"], 0), int(found[1]))


def main() -> int:
    """The command line; the exit status is 0 if nothing was lost."""
    if sys.argv[1:2] == ["--child"]:
        server, client, secret, data, journal, seed = sys.argv[2:]
        child(server, client, secret, Path(data), Path(journal), int(seed))
        return 0
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    said = parser.parse_args()
    figures = run(said.rounds, said.seed)
    print(figures)
    return 1 if figures.bad else 0


if __name__ == "__main__":
    sys.exit(main())
