"""Why a file is not loaded: a fixed list of reason codes, each with what the clerk can do about it."""

from enum import StrEnum


class Reason(StrEnum):
    """The reason codes of ``core.rejected_files``; ``advice`` is Chinese, for the clerk."""

    EMPTY_FILE = "empty_file"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    UNSUPPORTED_FORMAT = "unsupported_format"
    NEEDS_LIBREOFFICE = "needs_libreoffice"
    NO_PERFORMANCE_TABLE = "no_performance_table"
    NEEDS_OCR = "needs_ocr"
    IMAGE_ONLY = "image_only"
    TEXT_RUN_TOGETHER = "text_run_together"
    EMPTY_TABLE = "empty_table"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    TOO_MUCH_MEMORY = "too_much_memory"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_DEEP = "too_deep"
    CELL_TOO_LONG = "cell_too_long"
    BUILD_TOO_SLOW = "build_too_slow"
    READER_FAILED = "reader_failed"
    WORKER_DIED = "worker_died"
    PLACE_FAILED = "place_failed"


PASSING = frozenset(
    {
        Reason.NEEDS_LIBREOFFICE,
        Reason.NEEDS_OCR,
        Reason.TOO_SLOW,
        Reason.TOO_MUCH_MEMORY,
        Reason.WORKER_DIED,
        Reason.PLACE_FAILED,
    }
)
"""Reasons that may lie with the machine, its disk or its network, and not with the file: it is tried again every run."""


ADVICE: dict[Reason, str] = {
    Reason.EMPTY_FILE: "文件为空，请重新报送。",
    Reason.DAMAGED: "文件已损坏或不完整，请用原软件打开检查后重新导出报送。",
    Reason.ENCRYPTED: "文件设有密码，请去除密码后重新报送。",
    Reason.UNSUPPORTED_FORMAT: "不支持此格式，请报送 DOCX、XLSX 或 PDF 文件。",
    Reason.NEEDS_LIBREOFFICE: "读取此格式需要安装 LibreOffice；也可用 Word、Excel 或 WPS 另存为 DOCX 或 XLSX 后重新报送。",
    Reason.NO_PERFORMANCE_TABLE: "文件中没有绩效目标表，请确认报送的是绩效目标文本。",
    Reason.NEEDS_OCR: "文件是扫描图片，读取需要安装文字识别组件（jixiao[ocr]），装好后会自动重新读取；也可报送可检索的 PDF 或 DOCX。",
    Reason.IMAGE_ONLY: "文件是图片，没有认出文字，请检查是否扫描清楚，或报送可检索的 PDF 或 DOCX。",
    Reason.TEXT_RUN_TOGETHER: "表格边框丢失，文字连成一片，无法区分单元格，请报送原始 DOCX。",
    Reason.EMPTY_TABLE: "绩效目标表是空表，请填写后重新报送。",
    Reason.TOO_LARGE: "文件（或其解压内容）过大，请检查是否报错文件，或压缩图片后重新报送。",
    Reason.TOO_SLOW: "读取超过时间限制。下次运行会自动再读；如反复出现，请拆分文件或另存为 DOCX 后重新报送。",
    Reason.TOO_MUCH_MEMORY: "读取超过内存限制。下次运行会自动再读；如反复出现，请拆分文件后重新报送。",
    Reason.TOO_MANY_PAGES: "页数超过限制，请拆分文件后重新报送。",
    Reason.TOO_DEEP: "文件结构嵌套过深，请用原软件另存后重新报送。",
    Reason.CELL_TOO_LONG: "有单元格或段落长得不像绩效目标表，请检查是否报错文件，或改正后重新报送。",
    Reason.BUILD_TOO_SLOW: "有了此文件，数据库在规定时间内建不成，已暂时搁置，其余文件照常处理。请打开文件检查是否有异常长的内容；"
    "没有异常的，请转交维护人员。",
    Reason.READER_FAILED: "读取程序出错，请将此文件转交维护人员。",
    Reason.WORKER_DIED: "读取进程异常退出。下次运行会自动再读；如反复出现，请将此文件转交维护人员。",
    Reason.PLACE_FAILED: "读取时磁盘、网络或权限出了问题，不是文件的问题，不必重新报送。下次运行会自动再读；"
    "请维护人员检查收件目录和磁盘。",
}


class RejectedFile(Exception):  # noqa: N818 - an outcome of a filing, not a fault of the program
    """Stops one file only. ``detail`` names what was met (Chinese, for the clerk)."""

    def __init__(self, reason: Reason, detail: str) -> None:
        """Keep the reason and the detail."""
        super().__init__(f"{reason.value}: {detail}")
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type["RejectedFile"], tuple[Reason, str]]:
        """Make the error survive the way back from a worker process."""
        return type(self), (self.reason, self.detail)
