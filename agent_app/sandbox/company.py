"""What else the provider's API has, as far as it is documented: the company's users, and its reports.

Their moments end in `Z` (CONTRACT, "Further endpoints").
"""

from datetime import datetime, timedelta
from typing import Any

_USERS = (
    ("Camille", "Exemple", True),
    ("Sam", "Sample", True),
    ("Noor", "Muster", True),
    ("Alex", "Ejemplo", False),
)


def users(now: datetime) -> list[dict[str, Any]]:
    """Made-up colleagues; *now* is in UTC."""
    return [
        {
            "id": f"user-{number}",
            "email": f"{first}.{last}@example.org".lower(),
            "firstname": first,
            "lastname": last,
            "is_active": active,
            "last_activity": _z(now - timedelta(minutes=17 * number)) if active else None,
        }
        for number, (first, last, active) in enumerate(_USERS, 1)
    ]


def reports(now: datetime) -> list[dict[str, Any]]:
    """The last months' reports."""
    made = []
    month = now.replace(day=1, hour=4, minute=0, second=0, microsecond=0)
    for number in range(1, 4):
        last = (month - timedelta(days=1)).date()
        made.append(
            {
                "id": f"report-{number}",
                "type": "monthly",
                "period_start": last.replace(day=1).isoformat(),
                "period_end": last.isoformat(),
                "format": "pdf",
                "status": "ready",
                "created_at": _z(month),
            }
        )
        month = month - timedelta(days=last.day)
    return made


def _z(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
