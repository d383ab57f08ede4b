"""Projects of several filers in one file: a filing has one filer, and nobody's projects are another's."""

from collections.abc import Iterator, Sequence

from transforms.records import Doubt, FilingRecords


def unit_doubts(records: FilingRecords, apart: Sequence[str | None] | None) -> Iterator[Doubt]:
    """Yield a doubt for each project of a filing whose forms, or rows, are those of filers that do not belong together.

    ``apart`` gives the filer that each project's form names; None where the filing is one filer's.
    """
    for project, filer in zip(records.projects, apart or (), strict=bool(apart)):
        yield Doubt("unit_name", project.unit_name or filer, "several_units", project.project_no, None, project.place)
