"""From a file to its records: the kept Document where there is one, else the filing, under what the county has taught."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from extractors.reading import Source, open_sources, read_source, run_guarded
from extractors.rejection import RejectedFile
from pipelines.night.county import County
from transforms.decisions import Decision
from transforms.filings import transform
from transforms.forms.taught import Headings, teaching
from transforms.names.terms import Terms
from warehouse.files import hash_file
from warehouse.store.documents import Documents, encode_document, open_document
from warehouse.store.journal import encode_rows
from warehouse.store.received import ReceivedFile


@dataclass(frozen=True, slots=True)
class FilingJob:
    """One file whose records are to be made: from ``kept``, else from ``source`` (None: its bytes are gone)."""

    file: ReceivedFile
    source: Source | None
    kept: Path | None
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class ReadFiling:
    """What a worker hands back of one filing.

    ``rows`` are its stored rows, encoded (None: ``refused`` says why there are none); ``document`` is the Document to be
    kept, encoded (None: it is kept already).
    """

    format: str
    rows: bytes | None
    document: bytes | None
    refused: RejectedFile | None = None


@dataclass(frozen=True, slots=True)
class OtherBytes:
    """The file no longer holds the bytes that the inbox was listed with: it is left for the next run."""


Outcome = ReadFiling | OtherBytes | RejectedFile


def read_files(
    files: Sequence[ReceivedFile],
    places: Mapping[str, Path],
    county: County,
    documents: Documents,
    workers: int,
) -> Iterator[tuple[ReceivedFile, Outcome]]:
    """Make the records of files in guarded workers; yields each as it is settled.

    ``places`` has where the bytes of each file are, by its path. Only files without a kept Document are opened.
    """
    kept = {file.path: documents.find(file.sha256) for file in files}
    to_open = {places[file.path]: file for file in files if kept[file.path] is None and file.path in places}
    with open_sources(to_open, workers=workers, unpack=False) as opened:  # the listing has unpacked what is to be
        for place, rejected in opened.rejected:
            yield to_open[place], rejected
        prepared = {to_open[source.received].path: source for source in opened.sources}
        jobs = [
            FilingJob(file, source, kept[file.path], county.decisions.get(file.sha256, ()))
            for file in files
            for source in [prepared.get(file.path) or _unprepared(file, places)]
            if file.path in prepared or kept[file.path] is not None
        ]
        task = partial(make_records, terms=county.terms, headings=county.headings)
        for job, result in run_guarded(task, jobs, workers=workers):
            yield job.file, result


def _unprepared(file: ReceivedFile, places: Mapping[str, Path]) -> Source | None:
    """Give the source that is opened where a kept Document turns out to be damaged."""
    place = places.get(file.path)
    return None if place is None else Source(place, file.file_name, place)


def make_records(job: FilingJob, terms: Terms, headings: Headings) -> ReadFiling | OtherBytes:
    """Make the records of one file; runs in a worker process. Raises RejectedFile where it cannot be read."""
    document = None if job.kept is None else open_document(job.kept, job.file.file_name)
    encoded = None
    if document is None:
        if job.source is None:
            return OtherBytes()
        document = read_source(replace(job.source, file_name=job.file.file_name))
        if {document.sha256, hash_file(job.source.path)} != {job.file.sha256}:
            return OtherBytes()
        encoded = encode_document(document)
    try:
        with teaching(headings):
            records = transform(document, terms, job.decisions)
    except RejectedFile as refused:
        return ReadFiling(document.format, None, encoded, refused)
    return ReadFiling(document.format, encode_rows(job.file, document.format, document.page_count, records), encoded)
