"""A company's years of followups: nearly all are done, a few hundred make today's work.

What a token may see of them has no owner (CONTRACT), so each desk of the company sees all.
"""

import random
from datetime import datetime, timedelta
from typing import Any

OPEN_AN_AGENT = {"due": 20, "overdue": 15, "today": 25, "later": 20, "on_hold": 8, "sent": 8}
"""Followups by what they wait for, an agent."""
PER_DEBT = 4
YEARS = timedelta(days=2 * 365)


def history(
    followups: int, agents: int, now: datetime, seed: int = 1
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Debts and followups, the oldest first, for the sandbox's records."""
    dice = random.Random(seed)
    rows = [
        _row(dice, kind, now)
        for kind, count in OPEN_AN_AGENT.items()
        for _ in range(count * agents)
    ]
    rows += [_row(dice, "done", now) for _ in range(followups - len(rows))]
    rows.sort(key=lambda row: row.pop("made"))
    debts = [{"id": f"d{n}", "lastname": f"Name {n}"} for n in range(max(followups // PER_DEBT, 1))]
    for number, row in enumerate(rows):
        # Debts are as old as their followups, more or less.
        near = number // PER_DEBT + dice.randint(-50, 50)
        row |= {"id": f"f{number}", "debt_id": f"d{min(max(near, 0), len(debts) - 1)}"}
    return debts, rows


def _row(dice: random.Random, kind: str, now: datetime) -> dict[str, Any]:
    """One followup; `made` says when it was filed."""
    status, planned, called = "scheduled", now, None
    match kind:
        case "due":
            planned = now + timedelta(minutes=dice.randint(-400, 10))
        case "overdue":
            planned = now - timedelta(days=dice.uniform(2, 60))
        case "today":
            called = planned = now - timedelta(minutes=dice.randint(1, 300))
            status = dice.choice(["no_answer", "deal_found", "in_progress", "deal_not_found"])
        case "later":
            planned = now + timedelta(days=dice.uniform(2, 40))
        case "on_hold" | "sent":
            status, planned = kind, now - timedelta(days=dice.uniform(1, 30))
        case _:
            planned = now - timedelta(seconds=dice.uniform(3 * 86_400, YEARS.total_seconds()))
            called, status = planned, dice.choice(["no_answer", "deal_found", "deal_not_found"])
    made = min(planned, now) - timedelta(days=dice.uniform(0, 20))
    return {
        "made": made,
        "status": status,
        "type": dice.choice(["call", "manual_call"]),
        "scheduled_at": planned.isoformat(),
        "call_date": called.isoformat() if called else None,
        "summary": f"{kind} {dice.randrange(1_000_000)}",
    }
