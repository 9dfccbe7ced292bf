"""What a person's list was when they left: the view, and the columns of each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from agent_app.domain.views import View


@dataclass(frozen=True, slots=True)
class ListState:
    """`columns` by view, as `Columns.state` gives them. The first time a list begins with what is to be
    done."""

    view: View = View.TO_CALL_NOW
    columns: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> "ListState":
        """Return what `text` gave; the first time's where nothing can be made of it."""
        try:
            kept = json.loads(text)
            columns = {str(key): str(one) for key, one in kept["columns"].items()}
            return cls(View(kept["view"]), columns)
        except (ValueError, KeyError, TypeError, AttributeError):
            return cls()

    def text(self) -> str:
        """To be read by `read`."""
        return json.dumps({"view": self.view, "columns": dict(self.columns)})
