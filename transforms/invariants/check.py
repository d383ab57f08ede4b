"""All invariants over the records of one filing: the doubts of what can't be right."""

from collections.abc import Iterator, Sequence

from transforms.forms.form import Form
from transforms.invariants.amounts import amount_doubts, beside_doubts
from transforms.invariants.cells import TextAt, ignored_cell_doubts
from transforms.invariants.names import level_doubts, name_doubts
from transforms.invariants.project_texts import kind_doubts, text_doubts
from transforms.invariants.targets import kind_doubts as target_kind_doubts
from transforms.invariants.targets import sign_doubts, value_doubts
from transforms.invariants.units import unit_doubts
from transforms.records import Doubt, FilingRecords


def find_doubts(
    records: FilingRecords,
    forms: Sequence[Form],
    titles: Sequence[str],
    text_at: TextAt,
    filers_apart: Sequence[str | None] | None = None,
) -> Iterator[Doubt]:
    """Yield a doubt for each value of the records that breaks an invariant.

    ``forms`` are the projects' in order; ``text_at`` gives the text of a cell of the document, ``filers_apart`` each form's
    own filer where the filing is not one filer's.
    """
    yield from kind_doubts(records, titles)
    yield from unit_doubts(records, filers_apart)
    yield from text_doubts(records)
    yield from amount_doubts(records.projects, records.indicators)
    yield from beside_doubts(records)
    yield from level_doubts(records.indicators)
    yield from name_doubts(records.indicators)
    yield from value_doubts(records.indicators)
    yield from target_kind_doubts(records.indicators)
    yield from sign_doubts(records.indicators, forms)
    yield from ignored_cell_doubts(records, text_at)
