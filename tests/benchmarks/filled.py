"""Stores with many followups, made once a run of the benchmarks."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent_app.config.account import Account, SignInMethod, store_place
from agent_app.domain.fields import Status, Type
from agent_app.store.database import Key
from agent_app.store.rescue import open_or_rescue
from agent_app.store.store import Store
from agent_app.system.secrets import Keyring

FIRST = ("Camille", "Élodie", "Théo", "Noémie", "Jürgen", "Freya", "Åsa", "Aoife", "Elke", "Linh")
LAST = ("Moreau", "Garnier", "Duhamel", "Müller", "Thornton", "Söderström", "Peeters", "Diallo")
WORDS = (
    "promised", "payment", "call", "back", "invoice", "disputed", "tomorrow", "salary", "plan",
    "bank", "letter", "sent", "asks", "for", "time", "the", "amount", "is", "wrong", "agreed",
)  # fmt: skip


def some_followups(count: int, rng: random.Random) -> list[dict[str, Any]]:
    """Followups of the last sixty days and the next."""
    now = datetime.now(UTC)
    found = []
    for number in range(count):
        status = rng.choice(list(Status))
        planned = now - timedelta(minutes=rng.randrange(-5_000, 60 * 24 * 60))
        made = planned < now and status not in (Status.SCHEDULED, Status.ON_HOLD)
        found.append(
            {
                "id": f"F{number:07}",
                "debt_id": f"D{number % (count // 4 or 1):07}",
                "status": status,
                "type": rng.choice(list(Type)),
                "scheduled_at": planned,
                "call_date": planned + timedelta(minutes=3) if made else None,
                "summary": " ".join(rng.choices(WORDS, k=6)),
                "notes": " ".join(rng.choices(WORDS, k=30)),
                "duration_ms": rng.randrange(600_000) if made else None,
                "direction": rng.choice(["inbound", "outbound", "outbound"]),
                "phone_number_used": f"+3363998{rng.randrange(10_000):04}",
                "disconnection_reason": rng.choice([None, "busy", "completed"]),
            }
        )
    return found


def fill(store: Store, count: int) -> None:
    """Put *count* followups and their debts into a store."""
    rng = random.Random(7)
    now = datetime.now(UTC)
    debts = [
        {
            "id": f"D{n:07}",
            "firstname": rng.choice(FIRST),
            "lastname": rng.choice(LAST),
            "phone": f"+3363998{n % 10_000:04}",
            "amount": n / 7,
            "currency": "EUR",
        }
        for n in range(count // 4 or 1)
    ]
    for start in range(0, len(debts), 2_000):
        store.take_in_debts(debts[start : start + 2_000], now)
    rows = some_followups(count, rng)
    for start in range(0, count, 2_000):
        store.followups.upsert(rows[start : start + 2_000], now)
    with store._database.transaction():  # as the desk leaves it, which merges while it reads
        store._database.write("insert into search (search) values ('optimize')")
    store.set_state("loaded", True)
    store.set_state("loaded_at", round(now.timestamp() * 1000))


def fill_sandbox_account(folder: Path, count: int) -> None:
    """The store that `desktop --sandbox` opens in *folder*; encrypted like any."""
    folder.mkdir(parents=True, exist_ok=True)
    place = store_place(Account(SignInMethod.SANDBOX), folder, Keyring())
    assert place.file is not None
    if place.file.exists():
        return
    key = Key(place.raw_key)
    store, _ = open_or_rescue(place.file, key)
    fill(store, count)
    store.close()
