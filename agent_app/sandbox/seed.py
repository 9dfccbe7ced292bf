"""A call centre's week, made up: the same data for the same seed and hour.

Names are invented; French, British, Irish, German and Swedish numbers come from the ranges that
the regulators keep for fiction.
"""

import base64
import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from agent_app.sandbox.debt_seed import let_stand
from agent_app.sandbox.media import OURS
from agent_app.sandbox.rules import STATUSES, TYPES

DEBTS_FOR_500 = 180

_CALLS = ("call", "manual_call", "voicemail")
_TYPE_WEIGHTS = {
    "call": 44,
    "manual_call": 12,
    "sms": 13,
    "email": 13,
    "voicemail": 6,
    "whatsapp": 4,
    "physical": 3,
    "postmail": 5,
}
_PAST = {
    "call": {
        "no_answer": 38,
        "deal_found": 16,
        "deal_not_found": 18,
        "failed": 8,
        "bad_behavior": 3,
        "cancelled": 4,
        "scheduled": 10,
        "on_hold": 3,
    },
    "message": {
        "delivered": 62,
        "sent": 16,
        "failed": 9,
        "cancelled": 4,
        "scheduled": 5,
        "on_hold": 4,
    },
}


def resources() -> Path:
    """Return the folder of resources: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


class Seed:
    """Makes debts and followups. *now* is Unix time (seconds); its hour is what counts."""

    def __init__(self, seed: int, followups: int, now: float) -> None:
        self._random = random.Random(f"{seed}/{followups}")  # noqa: S311  (not for secrets)
        self._seed, self._count = seed, followups
        hour = datetime.fromtimestamp(now, UTC).replace(minute=0, second=0, microsecond=0)
        self._now = hour
        file = resources() / "sandbox" / "people.json"
        self._words: dict[str, Any] = json.loads(file.read_text("utf-8"))

    def data(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Debts and followups, the oldest followup first."""
        count = max(1, round(self._count * DEBTS_FOR_500 / 500))
        debts = [self._debt(number) for number in range(count)]
        followups = [self._followup(number, self._pick(debts)) for number in range(self._count)]
        followups.sort(key=lambda f: f["scheduled_at"] or f["call_date"] or "")
        let_stand(debts, followups, self._seed, self._now)
        return debts, followups

    def _pick(self, choices: Any) -> Any:
        return self._random.choice(choices)

    def _weighted(self, weights: dict[str, int]) -> str:
        return self._random.choices(list(weights), list(weights.values()))[0]

    def _id(self) -> str:
        return base64.urlsafe_b64encode(self._random.randbytes(18)).decode()

    def _number(self, pattern: str) -> str:
        return "".join(str(self._random.randrange(10)) if c == "#" else c for c in pattern)

    def _debt(self, number: int) -> dict[str, Any]:
        countries = self._words["countries"]
        country = self._weighted({name: said["weight"] for name, said in countries.items()})
        where = countries[country]
        first, last = self._pick(where["first"]), self._pick(where["last"])
        if self._random.random() < 0.06:
            first, last = self._pick(self._words["others"])
        is_company = self._random.random() < 0.05
        company = self._pick(self._words["companies"]) if is_company else None
        postcode, city = self._pick(where["cities"])
        street, house = self._pick(where["streets"]), str(self._random.randint(1, 180))
        amount = round(self._random.lognormvariate(5.9, 0.9), 2)
        due = self._now.date() - timedelta(days=self._random.randint(20, 700))
        reference = f"F{due.year}-{self._random.randint(1000, 99999)}"
        maybe = self._random.random
        return {
            "id": self._id(),
            "civility": self._pick(["M.", "Mme"]) if not is_company else None,
            "firstname": first if not is_company else None,
            "lastname": last if not is_company else None,
            "phone": self._number(self._pick(where["phones"])) if maybe() < 0.95 else None,
            "email": f"debtor{number}@example.org" if maybe() < 0.8 else None,
            "birthdate": None
            if is_company
            else f"{self._random.randint(1950, 2004)}-0{self._random.randint(1, 9)}-1{self._random.randint(0, 9)}",
            "amount": amount,
            "amount_text": f"{amount:.2f} {where['currency']}",
            "currency": where["currency"],
            "object": self._pick(self._words["objects"]),
            "internal_id": str(100_000 + number),
            "invoice_reference": reference if maybe() < 0.9 else None,
            "debtor_reference": f"C{self._random.randint(10_000, 99_999)}",
            "invoice_date": (due - timedelta(days=30)).isoformat(),
            "due_date": due.isoformat(),
            "address": f"{house} {street}, {postcode} {city}" if maybe() < 0.9 else None,
            "street_address": street,
            "street_number": house,
            "postal_code": postcode,
            "city": city,
            "country": country,
            "status": "status.default.in_progress",
            "nb_reminders": self._random.randint(0, 6),
            "nb_answered": self._random.randint(0, 3),
            "summary": None,
            "followups_count": 0,
            "company": self._pick(self._words["creditors"]),
            "debtor_company": company,
            "payment_link": f"https://pay.example.org/{reference}" if maybe() < 0.7 else None,
            "payment_plan_active": maybe() < 0.15,
        }

    def _followup(self, number: int, debt: dict[str, Any]) -> dict[str, Any]:
        kind = self._weighted(_TYPE_WEIGHTS)
        if number < len(TYPES):
            kind = TYPES[number]
        spoken = kind in _CALLS
        future = self._random.random() < 0.24
        planned = self._now + timedelta(
            minutes=self._minutes_ahead() if future else -self._minutes_back()
        )
        status = "scheduled" if future else self._weighted(_PAST["call" if spoken else "message"])
        if number < len(STATUSES):
            status, future = STATUSES[number], STATUSES[number] == "scheduled"
            planned = self._now + timedelta(minutes=90 if future else -95 - 13 * number)
        called = None
        if status not in ("scheduled", "on_hold", "cancelled"):
            called = planned + timedelta(seconds=self._random.randint(0, 900))
            called = min(called, self._now - timedelta(minutes=2))
        values: dict[str, Any] = {
            "id": self._id(),
            "debt_id": debt["id"],
            "status": status,
            "type": kind,
            "call_date": called.isoformat() if called else None,
            "scheduled_at": planned.isoformat()
            if self._random.random() < 0.92 or not called
            else None,
            "summary": self._summary(status, debt),
            "notes": self._note(debt),
            "processed_at": (called + timedelta(seconds=40)).isoformat() if called else None,
            "is_retry": self._random.random() < 0.25,
        }
        if spoken:
            self._call_details(values, status, called, debt)
        else:
            self._message_details(values, status, called, number)
        values["triggered_payment"] = status == "deal_found" and self._random.random() < 0.5
        return values

    def _minutes_ahead(self) -> int:
        """Within today's hours for most, then the coming week."""
        if self._random.random() < 0.4:
            return self._random.randint(1, 9 * 60)
        return self._random.randint(9 * 60, 7 * 24 * 60)

    def _minutes_back(self) -> int:
        if self._random.random() < 0.3:
            return self._random.randint(3, 8 * 60)
        return self._random.randint(8 * 60, 12 * 24 * 60)

    def _filled(self, text: str, debt: dict[str, Any]) -> str:
        part = f"{debt['amount'] / 3:.0f} {debt['currency']}"
        return text.replace("{part}", part).replace("{amount}", debt["amount_text"])

    def _summary(self, status: str, debt: dict[str, Any]) -> str | None:
        if self._random.random() < 0.12:
            return None
        return self._filled(self._pick(self._words["summaries"][status]), debt)

    def _note(self, debt: dict[str, Any]) -> str | None:
        rng = self._random.random()
        if rng < 0.35:
            return None
        if rng < 0.45:
            text = "\n".join(self._words["long_note"] * self._random.randint(1, 4))
            return self._filled(text, debt)
        return self._filled(self._pick(self._words["notes"]), debt)

    def _call_details(
        self, values: dict[str, Any], status: str, called: datetime | None, debt: dict[str, Any]
    ) -> None:
        inbound = self._random.random() < 0.15
        values["direction"] = "inbound" if inbound else "outbound"
        values["phone_number_used"] = debt["phone"]
        if called is None:
            return
        talked = status in ("deal_found", "deal_not_found", "bad_behavior", "in_progress")
        seconds = self._random.lognormvariate(5.0, 0.7) if talked else self._random.uniform(4, 40)
        values["duration_ms"] = int(seconds * 1000)
        values["call_id"] = f"CA{self._random.getrandbits(64):016x}"
        reasons = self._words["disconnections"]
        values["disconnection_reason"] = self._pick(reasons.get(status, reasons["call"]))
        if talked and self._random.random() < 0.8:
            seed = self._random.randint(1, 10_000)
            values["audio_url"] = f"{OURS}audio/{seed}/{values['duration_ms']}"

    def _message_details(
        self, values: dict[str, Any], status: str, called: datetime | None, number: int
    ) -> None:
        kind = values["type"]
        values["direction"] = "outbound"
        if kind in ("postmail", "physical"):
            values["pdf_url"] = f"{OURS}letter/{number}"
        if kind == "email" and status == "delivered" and called:
            opened = self._random.random() < 0.6
            count = self._random.randint(1, 5) if opened else 0
            clicked = opened and self._random.random() < 0.4
            values["email_opened"] = opened
            values["email_open_count"] = count
            values["email_first_opened_at"] = (
                (called + timedelta(hours=2)).isoformat() if opened else None
            )
            values["email_clicked"] = clicked
            values["email_click_count"] = 1 if clicked else 0
