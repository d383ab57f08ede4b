"""The home: one folder with everything that is kept; the only place where its parts are named."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The places inside a home (contract, section 2)."""

    path: Path

    @property
    def inbox(self) -> Path:
        """Where filings are dropped; never changed by the program."""
        return self.path / "inbox"

    @property
    def config(self) -> Path:
        """The county's own registry of townships and its own terms."""
        return self.path / "config"

    @property
    def parquet(self) -> Path:
        """The record of what was read."""
        return self.path / "parquet"

    @property
    def database(self) -> Path:
        """The analysts' database (a link to the latest whole build)."""
        return self.path / "county.duckdb"

    @property
    def history(self) -> Path:
        """Every mart as of every publication that is kept: views over the published files."""
        return self.path / "history.duckdb"

    @property
    def published(self) -> Path:
        """The comparison tables for the finance bureau."""
        return self.path / "published"

    @property
    def latest(self) -> Path:
        """The newest publication (a link to its dated folder)."""
        return self.published / "latest"

    @property
    def state(self) -> Path:
        """What the program remembers from one run to the next."""
        return self.path / "state"

    @property
    def manifest(self) -> Path:
        """Which files and filings the store knows, and what its parts hold."""
        return self.state / "manifest.json"

    @property
    def journal(self) -> Path:
        """What was read and is not folded into the store yet."""
        return self.state / "journal"

    @property
    def builds(self) -> Path:
        """The builds of the database: the one that counts, and the one before it."""
        return self.path / "builds"

    @property
    def building(self) -> Path:
        """Where a build is made before it counts."""
        return self.builds / "building"

    @property
    def publications(self) -> Path:
        """What each publication was made from."""
        return self.state / "publications"

    @property
    def publication_record(self) -> Path:
        """What the newest publication was made from."""
        return self.state / "publication.json"

    @property
    def unpacked(self) -> Path:
        """The contents of the inbox's zip files."""
        return self.state / "unpacked"

    @property
    def source_pages(self) -> Path:
        """The filings' own pages, each made once."""
        return self.state / "source_pages"

    @property
    def returned(self) -> Path:
        """The townships' own files with comments, each made once for the same remarks."""
        return self.state / "returned"

    @property
    def documents(self) -> Path:
        """What the readers gave of each filing, so that none is opened twice."""
        return self.state / "documents"

    @property
    def prefect(self) -> Path:
        """What the nightly service's own Prefect server keeps."""
        return self.path / "prefect"

    @property
    def prefect_auth(self) -> Path:
        """The name and password that the service's own Prefect server asks for; only the owner may read it."""
        return self.prefect / "auth"

    @property
    def settings(self) -> Path:
        """What operators set: times, retention, where messages go."""
        return self.config / "settings.toml"

    @property
    def latest_stamp(self) -> Path:
        """How the latest publication's files looked when they were last hashed, and when that was."""
        return self.state / "latest_stamp.json"

    @property
    def townships_due(self) -> Path:
        """Townships whose filings are stored and that the registry may not have yet."""
        return self.state / "townships_due.json"

    @property
    def told(self) -> Path:
        """Which troubles people were told of last."""
        return self.state / "told.json"

    @property
    def log(self) -> Path:
        """The logs of nights."""
        return self.path / "log"

    @property
    def nights(self) -> Path:
        """What each run did and how it ended, one file a run."""
        return self.state / "nights"

    @property
    def service_state(self) -> Path:
        """The nightly service's sign of life, and when the next night is due."""
        return self.state / "service.json"

    @property
    def service_log(self) -> Path:
        """What the nights that the service starts print."""
        return self.log / "nights.log"

    @property
    def service_lock(self) -> Path:
        """The file that the nightly service holds locked while it runs."""
        return self.path / ".serve.lock"

    @property
    def lock(self) -> Path:
        """The file that a run holds locked while it changes the home."""
        return self.path / ".run.lock"

    @property
    def demo_mark(self) -> Path:
        """The note that says: this home holds invented filings."""
        return self.path / "示例数据说明.txt"

    @property
    def is_demo(self) -> bool:
        """Tell whether the home holds the demo's invented filings."""
        return self.demo_mark.exists()
