"""What came of the tries of one test, as figures and as what the disturbed nights said."""

import re
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """What came of the tries of one test."""

    name: str
    tried: int = 0
    landed: int = 0
    states: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)

    def note(self, what: str) -> None:
        """Keep, and show at once, what should not be."""
        self.wrong.append(what)
        print(f"  WRONG {self.name} {what}", flush=True)

    def hear(self, said: str) -> None:
        """Count what a disturbed night said, with figures and names left out."""
        lines = [line for line in said.splitlines() if line.strip()]
        self.said[" / ".join(re.sub(r"[0-9a-f]{8,}|\d[\d,.]*", "#", line)[:160] for line in lines[:2])] += 1

    def report(self) -> None:
        """Print the figures."""
        print(
            f"{self.name}: {self.tried} tried, {self.landed} nights disturbed, {len(self.states)} different states left, "
            f"wrong {len(self.wrong)}",
            flush=True,
        )
        for said, number in self.said.most_common():
            print(f"    {number:5} × {said}", flush=True)
