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
LEAST_NUL_SHARE = 0.02


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
    """Recognise UTF-16 without a mark: in any Chinese form spaces, digits and line ends put NULs on one side only."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0) / (len(sample) / 2), sample[1::2].count(0) / (len(sample) / 2)
    if odd > LEAST_NUL_SHARE and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > LEAST_NUL_SHARE and odd == 0 else None


def _if_text(text: str) -> str | None:
    bad = len(CONTROL.findall(text)) + text.count("\ufffd")
    return text if bad <= len(text) * MOST_BAD_SHARE else None
