"""Projects of several units in one table: a filing has one filer, and nobody's projects are another's."""

from collections.abc import Iterator, Sequence

from transforms.forms.filers import lists_several_units
from transforms.forms.form import Form
from transforms.records import Doubt, FilingRecords


def unit_doubts(records: FilingRecords, forms: Sequence[Form]) -> Iterator[Doubt]:
    """Yield a doubt for each project of a filing whose flat tables list units that do not belong together."""
    if lists_several_units(forms):
        for project in records.projects:
            yield Doubt("unit_name", project.unit_name, "several_units", project.project_no, None, project.place)
