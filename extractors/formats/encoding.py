"""Bytes to text: UTF-8, UTF-16 or GB18030, told apart by the bytes; anything that is not text is refused."""

import codecs
import re

from extractors.rejection import Reason, RejectedFile

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f\ufffe\uffff]")
LINE_END = re.compile("\r\n|\r|\x0b|\x85|\u2028|\u2029")
MOST_BAD_SHARE = 0.002
UTF16 = ("utf-16-le", "utf-16-be")
SAMPLE_BYTES = 4096
COMMON = re.compile("[\t\n\r -~\u00a0-\u00ff\u2000-\u27ff\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]")
LEAST_COMMON_SHARE = 0.95


def decode_text(data: bytes) -> str:
    """Decode a text file; line ends become ``\\n``. RejectedFile (unsupported_format) where it is not text."""
    text = _decode(data)
    if text is None:
        raise RejectedFile(Reason.UNSUPPORTED_FORMAT, "不是文本，也不是可识别的文档格式")
    return LINE_END.sub("\n", text).replace("\x1a", "")


def _decode(data: bytes) -> str | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _if_text(data.decode(encoding, errors="replace"))
    unmarked = _unmarked_utf16(data)
    if unmarked is not None:
        return _if_text(data.decode(unmarked, errors="replace"))
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return _if_text(text)
    candidates = [data.decode(encoding, errors="replace") for encoding in ("utf-8", "gb18030")]
    return _if_text(min(candidates, key=lambda text: text.count("\ufffd")))


def _unmarked_utf16(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: it has NULs (in digits, blanks, line ends) and reads as common characters."""
    sample = data[: SAMPLE_BYTES // 2 * 2]
    if 0 not in sample:
        return None
    shares = {encoding: _common_share(sample.decode(encoding, errors="replace")) for encoding in UTF16}
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= LEAST_COMMON_SHARE else None


def _common_share(text: str) -> float:
    return len(COMMON.findall(text)) / max(1, len(text))


def _if_text(text: str) -> str | None:
    bad = len(CONTROL.findall(text)) + text.count("\ufffd")
    return text if bad <= len(text) * MOST_BAD_SHARE else None
