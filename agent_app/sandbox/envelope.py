"""The reply envelopes (CONTRACT, "Success" and "Failure")."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response


class Refusal(Exception):
    """A request is answered with the error envelope."""

    def __init__(
        self,
        code: int,
        message: str,
        details: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details
        self.headers = dict(headers or {})


class Json(Response):
    """A JSON reply; text that is not valid Unicode is escaped rather than refused."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Return the body's bytes."""
        try:
            return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        except UnicodeEncodeError:
            return json.dumps(content, separators=(",", ":")).encode()


def success(data: Any, message: str, code: int = 200) -> Json:
    """Return one thing."""
    return Json({"error": False, "message": message, "data": data}, code)


def page(data: list[Any], *, total: int, number: int, limit: int) -> Json:
    """Return a list; it has no `message` (CONTRACT, "details varies")."""
    pages = (total + limit - 1) // limit
    where = {"total": total, "page": number, "limit": limit, "pages": pages}
    return Json({"error": False, "data": data, "pagination": where})


def refusal(error: Refusal) -> Json:
    """Return a failure."""
    content: dict[str, Any] = {"error": True, "message": error.message, "code": error.code}
    if error.details is not None:
        content["details"] = dict(error.details)
    return Json(content, error.code, error.headers)
