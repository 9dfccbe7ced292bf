"""How the sandbox's debts stand: a status each, the provider's timelines, plans, contacts.

Drawn from dice of their own, so that followups and names are the same with and without them.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from agent_app.sandbox.rules import DEBT_STATUSES

CUSTOM_STATUS = "status.custom.bailiff"
"""A company's own: nobody knows such a one beforehand."""
AT_REST = timedelta(days=1)
"""A debt whose last followup is older is at rest."""

_GOES_ON = {"in_progress": 80, "pending": 8, "processing": 6, "partial": 6}
_RESTS = {
    "paid": 26,
    "settled": 12,
    "archived": 10,
    "in_progress": 24,
    "invalid_phone": 8,
    "on_hold": 8,
    "refused": 6,
    "failed": 6,
}
_OF_THE_PERSON = (
    "debtor_id",
    "civility",
    "firstname",
    "lastname",
    "phone",
    "email",
    "birthdate",
    "debtor_reference",
    "address",
    "street_address",
    "street_number",
    "postal_code",
    "city",
    "country",
    "debtor_company",
)
_SUMMARIES = (
    "Disputes the second invoice; waits for a copy of the contract.",
    "Pays by instalments since the spring, late twice.",
    "Moved in August. New address was asked for by letter.",
    "Calls back by himself, mornings only.\nSpeaks through his daughter.",
)


def let_stand(
    debts: list[dict[str, Any]], followups: Iterable[dict[str, Any]], seed: int, now: datetime
) -> None:
    """Fill in how *debts* stand. Those that somebody works on go on, of those at rest many are over;
    each status is there where there are debts enough."""
    rng = random.Random(f"debts/{seed}/{len(debts)}")  # noqa: S311  (not for secrets)
    last: dict[str, datetime] = defaultdict(lambda: now - 2 * AT_REST)
    for one in followups:
        for moment in (one["call_date"], one["scheduled_at"]):
            if moment:
                last[one["debt_id"]] = max(last[one["debt_id"]], datetime.fromisoformat(moment))
    worked_on = frozenset(last)
    at_rest = [debt for debt in debts if last[debt["id"]] < now - AT_REST]
    for debt in debts:
        rests = last[debt["id"]] < now - AT_REST
        weights = _RESTS if rests else _GOES_ON
        drawn = rng.choices(list(weights), list(weights.values()))[0]
        debt["status"] = f"status.default.{drawn}"
        _add_more(debt, rng, now)
    wanted = [*DEBT_STATUSES, CUSTOM_STATUS]
    for debt, status in zip(at_rest, wanted, strict=False):
        debt["status"] = status
    _let_persons_owe_more(debts, worked_on, rng)


def _let_persons_owe_more(
    debts: list[dict[str, Any]], worked_on: Collection[str], rng: random.Random
) -> None:
    """Give each debt its debtor's id. Debts without a followup are further debts of persons who have
    one, so that no name in the list changes."""
    for debt in debts:
        debt["debtor_id"] = f"DB{rng.getrandbits(64):016x}"
    known = [debt for debt in debts if debt["id"] in worked_on]
    for debt in debts:
        if known and debt["id"] not in worked_on:
            person = rng.choice(known)
            debt |= {name: person[name] for name in _OF_THE_PERSON}


def _add_more(debt: dict[str, Any], rng: random.Random, now: datetime) -> None:
    """What newer replies have beside the rest (CONTRACT, get-debt)."""
    runs = rng.random() < 0.2
    restarted = now - timedelta(days=rng.randint(1, 40))
    plan = now.date() - timedelta(days=rng.randint(10, 300))
    debt |= {
        "timeline_id": f"TL{rng.getrandbits(48):012x}" if runs else None,
        "last_timeline_restart": restarted.isoformat() if runs and rng.random() < 0.5 else None,
        "import_date": (now - timedelta(days=rng.randint(30, 700))).isoformat(),
        "iban": "FR7630006000011234567890189" if rng.random() < 0.3 else None,
        "plan_start_date": plan.isoformat() if debt["payment_plan_active"] else None,
        "contacts": [{"name": "Maison Exemple", "phone": "+33199000000", "relation": "employer"}]
        if rng.random() < 0.1
        else [],
        "metadata": {"agency": f"North {rng.randint(1, 4)}"} if rng.random() < 0.2 else None,
        "summary": rng.choice(_SUMMARIES) if rng.random() < 0.15 else None,
    }
