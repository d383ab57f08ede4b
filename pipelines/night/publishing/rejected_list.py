"""The list of rejected files beside the publications: it is as of the last night, and costs no new publication."""

import csv
import io

from extractors.rejection import ADVICE, Reason
from pipelines.terminal.query_output import connect_read_only
from warehouse.files import write_if_changed
from warehouse.home import Home

NAME = "未入库文件.csv"
HEADINGS = ("文件", "原因", "处理办法", "收到时间（UTC）")


def write_rejected_list(home: Home) -> None:
    """Write the list for Excel; without rejected files there is none."""
    from warehouse.publication.package import csv_text  # brings the whole publication along

    place = home.published / NAME
    with connect_read_only(home.database) as connection:
        rows = connection.execute(
            "select file_name, detail, reason, rejected_at from core.rejected_files order by file_name"
        ).fetchall()
    if not rows:
        place.unlink(missing_ok=True)
        return
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for name, detail, reason, moment in rows:
        told = (name, detail, ADVICE[Reason(reason)], f"{moment:%Y-%m-%d %H:%M}")
        writer.writerow([csv_text(value) for value in told])
    write_if_changed(place, out.getvalue().encode("utf-8-sig", "backslashreplace"))
