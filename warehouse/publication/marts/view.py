"""What the presentation of a mart is made of: order of rows, columns in sight, which codes stand out."""

from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["bad", "warn", "good", "muted"]


@dataclass(frozen=True)
class View:
    """The presentation of one mart; columns that a mart does not have are left out.

    ``order_by``: ``-name`` sorts downwards. ``shown``: the columns that a reader needs, in order; the report shows
    only these, the workbook folds the others away. ``group``: a line is drawn where this column changes.
    ``tones``: (column, code) → how the value stands out.
    """

    order_by: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    group: str | None = None
    tones: dict[tuple[str, str], Tone] = field(default_factory=dict)

    def tone(self, column: str, value: object) -> Tone | None:
        """Give how a value stands out, None for an ordinary one; codes and booleans are looked up as text."""
        return self.tones.get((column, str(value).lower() if isinstance(value, bool) else str(value)))


OUTLIER: dict[tuple[str, str], Tone] = {
    ("outlier", "high"): "bad",
    ("outlier", "low"): "warn",
    ("outlier", "few_high"): "bad",
    ("outlier", "few_low"): "warn",
    ("outlier", "too_few_peers"): "muted",
    ("outlier", "not_comparable"): "muted",
}
STRICTNESS: dict[tuple[str, str], Tone] = {
    ("strictness", "looser"): "warn",
    ("strictness", "stricter"): "good",
    ("strictness", "deviates"): "warn",
    ("strictness", "contradictory"): "bad",
    ("strictness", "alone"): "muted",
    ("strictness", "too_few_peers"): "muted",
    ("strictness", "too_spread"): "muted",
    ("strictness", "not_comparable"): "muted",
}
