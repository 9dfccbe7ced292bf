"""What else the provider's API has, as far as it is documented: the company, its users, its reports.

Their moments end in `Z` (CONTRACT, "Further endpoints").
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from agent_app.sandbox.media import OURS, Media

REPORT_LINK_S = 3_600

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


def profile(now: datetime) -> dict[str, Any]:
    """Return the company itself."""
    return {
        "id": "company-1",
        "name": "Exemple Recouvrement",
        "email": "bureau@example.org",
        "country": "FR",
        "is_active": True,
        "created_at": _z(now.replace(month=1, day=1, hour=8, minute=0, second=0)),
    }


def credits_left(now: datetime) -> dict[str, Any]:
    """Return what is left of the provider's messages and calls."""
    return {
        "current_credits": 1_250,
        "plan": "business",
        "expires_at": _z(now + timedelta(days=45)),
    }


def reports(now: datetime) -> list[dict[str, Any]]:
    """Return the last months' reports."""
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


def report(report_id: str, now: datetime) -> dict[str, Any] | None:
    """Return one report, or None."""
    return next((one for one in reports(now) if one["id"] == report_id), None)


def download(report_id: str, now: datetime, media: Media) -> dict[str, Any] | None:
    """Return where a report can be fetched for an hour, or None."""
    if report(report_id, now) is None:
        return None
    link = media.sign(f"{OURS}letter/{report_id.removeprefix('report-')}", REPORT_LINK_S)
    return {
        "report_id": report_id,
        "download_url": link.address,
        "expires_at": _z(datetime.fromtimestamp(link.expires, UTC)),
    }


def _z(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
