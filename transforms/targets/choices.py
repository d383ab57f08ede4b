"""Check boxes as targets: ☑优 □良, 优□ 良√ 中□.

Decisions: the ticked answer is the target, read like any other text. No box ticked says that nothing was filled in; two
ticked boxes are no answer, so the text stays a text (``several_choices``). ☒ is a tick: it is what word processors set.
The mark stands before its answer unless the text begins with an answer. Marks are looked for before folding, which
would make 〇 of a circle.
"""

import re

_TICKED = "☑☒✓✔√■▣●◉⊙"
_EMPTY = "□☐◻▢◇○◯"
_MARK = re.compile(rf"[{_TICKED}{_EMPTY}]")
_BETWEEN = " \t\n\u3000,，;；、/|"
_LONGEST_ANSWER = 12
"""Characters of an answer beside a box; longer is a sentence in which a mark means something else (●加强管理…)."""


def find_choices(raw: str) -> tuple[str, ...] | None:
    """Give the ticked answers of a text of check boxes; None where it has none of them."""
    marks = list(_MARK.finditer(raw))
    text = raw.strip()
    if not marks or (len(marks) == 1 and marks[0].group() not in "☑☒✓✔√"):
        return None
    leading = _MARK.match(text) is not None
    starts = [mark.end() for mark in marks] if leading else [0, *(mark.end() for mark in marks[:-1])]
    stops = [*(mark.start() for mark in marks[1:]), len(raw)] if leading else [mark.start() for mark in marks]
    if not leading and raw[marks[-1].end() :].strip(_BETWEEN):
        return None
    answers = [raw[start:stop].strip(_BETWEEN) for start, stop in zip(starts, stops, strict=True)]
    if not all(0 < len(answer) <= _LONGEST_ANSWER for answer in answers):
        return None
    return tuple(answer for mark, answer in zip(marks, answers, strict=True) if mark.group() in _TICKED)
