"""Where the queue's page finds a filing's own page: the one kept for publication, or one made now."""

from pathlib import Path

from extractors.reading import run_guarded
from warehouse.home import Home
from warehouse.publication.sources.pages import find_kept_page, make_source, source_job


class SourceFolder:
    """The source pages of a home, made when they are first asked for; one that cannot be made is not tried again."""

    def __init__(self, home: Home) -> None:
        """Begin with what is kept."""
        self._home = home
        self._failed: set[str] = set()

    def find(self, filing_id: str, file_name: str, name: str) -> Path | None:
        """Give a file of a filing's page (``page.html`` or a picture); None where there is none."""
        folder = self._folder(filing_id, file_name)
        if folder is None:
            return None
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None

    def _folder(self, filing_id: str, file_name: str) -> Path | None:
        kept = find_kept_page(self._home, filing_id)
        if kept is not None or filing_id in self._failed:
            return kept
        job = source_job(self._home, filing_id, file_name, (self._home.inbox, self._home.unpacked))
        if job is not None:
            job.folder.parent.mkdir(parents=True, exist_ok=True)
            list(run_guarded(make_source, [job], workers=1))
        made = find_kept_page(self._home, filing_id)
        if made is None:
            self._failed.add(filing_id)
        return made
