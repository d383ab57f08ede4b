"""Tells a fault of the place (disk, network, rights) from one of the file that was read."""

import errno
from collections.abc import Iterator

from extractors.rejection import Reason, RejectedFile

FAULTS_OF_THE_PLACE = frozenset(
    {
        *(errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EBUSY, errno.EAGAIN, errno.EINTR),
        *(errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.ENXIO, errno.ENODEV, errno.ESTALE),
        *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ETXTBSY, errno.EMEDIUMTYPE, errno.ENOMEDIUM),
        *(errno.ETIMEDOUT, errno.ENETDOWN, errno.ENETUNREACH, errno.EHOSTDOWN, errno.EHOSTUNREACH),
        *(errno.ENOTCONN, errno.ECONNRESET, errno.ECONNABORTED, errno.ECONNREFUSED, errno.EREMOTEIO),
    }
)
"""What the system says when the place fails. Parsers raise OSError for bad content too, but without such a number, or
with EINVAL, as when a damaged file sends them before its beginning."""


def find_place_fault(error: BaseException) -> OSError | None:
    """Find a fault of the place in an error or in what led to it: a reader may have taken it for damage."""
    for link in _chain(error):
        if isinstance(link, OSError) and link.errno in FAULTS_OF_THE_PLACE:
            return link
    return None


def reject_place(fault: OSError) -> RejectedFile:
    """Give the rejection for a fault of the place."""
    return RejectedFile(Reason.PLACE_FAILED, f"读取时系统报错：{fault.strerror or type(fault).__name__}")


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__
