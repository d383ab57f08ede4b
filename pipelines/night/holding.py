"""Whom a build that does not end is due to: the filing that is new to it and holds most is held, the others go on."""

import duckdb

from pipelines.night.state import Night
from warehouse.home import Home
from warehouse.store.received import ReceivedFile
from warehouse.store.weights import weigh_filings

HELD_AT_MOST = 3
"""So many filings of one night may be held; where the build does not end without them, it is not due to filings."""


def find_heaviest_news(night: Night) -> ReceivedFile | None:
    """Give the inbox's filing that holds most text, of those that no build has had yet or that were read in this night.

    None where there is nothing new: then it is due to none. One whose file has left the inbox is never chosen, as
    nothing could bring it back.
    """
    weights = weigh_filings(night.home.parquet)
    read = {file.sha256 for file in night.plan.to_read}
    built = _built(night.home) - read
    news = {sha256: file for sha256, file in night.store.inbox.items() if sha256 in weights and sha256 not in built}
    return max(news.values(), key=lambda file: (weights[file.sha256], file.sha256), default=None)


def _built(home: Home) -> set[str]:
    if not home.database.exists():
        return set()
    try:
        with duckdb.connect(str(home.database.resolve()), read_only=True) as connection:
            return {str(row[0]) for row in connection.execute("select filing_id from core.filings").fetchall()}
    except duckdb.Error:
        return set()
