"""PDFium's functions with plain integer handles: a page costs thousands of calls, and typed pointers double their price."""

import ctypes
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as raw  # type: ignore[import-untyped]

_HANDLE = ctypes.c_void_p
_INT = ctypes.c_int
_REF = ctypes.c_void_p


def _declare(name: str, result: Any, *arguments: Any) -> Any:
    """Declare one of PDFium's functions again, at the address that pypdfium2 has found it at."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


def handle_of(pointer: Any) -> int:
    """Give the integer handle of a typed pointer."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def write_for_all(call: Any, handles: Sequence[int], ctype: Any, *widths: int) -> list[Any]:
    """Call for every handle what writes numbers of one type through one or more pointers; give all numbers in a row.

    ``widths`` says how many numbers go to each pointer. What a call does not write is 0.
    """
    size = ctypes.sizeof(ctype)
    step = size * sum(widths)
    values = (ctype * (sum(widths) * len(handles)))()
    start, total = ctypes.addressof(values), step * len(handles)
    pointers = [range(start + size * sum(widths[:k]), start + total, step) for k in range(len(widths))]
    for _ in map(call, handles, *pointers):
        pass
    numbers: list[Any] = memoryview(values).cast("B").cast(ctype._type_).tolist()
    return numbers


load_page = _declare("FPDF_LoadPage", _HANDLE, _HANDLE, _INT)
close_page = _declare("FPDF_ClosePage", None, _HANDLE)
page_width = _declare("FPDF_GetPageWidthF", ctypes.c_float, _HANDLE)
page_height = _declare("FPDF_GetPageHeightF", ctypes.c_float, _HANDLE)
page_bounds = _declare("FPDF_GetPageBoundingBox", _INT, _HANDLE, _REF)
count_annotations = _declare("FPDFPage_GetAnnotCount", _INT, _HANDLE)
get_annotation = _declare("FPDFPage_GetAnnot", _HANDLE, _HANDLE, _INT)
close_annotation = _declare("FPDFPage_CloseAnnot", None, _HANDLE)
annotation_kind = _declare("FPDFAnnot_GetSubtype", _INT, _HANDLE)
annotation_rect = _declare("FPDFAnnot_GetRect", _INT, _HANDLE, _REF)
annotation_has_key = _declare("FPDFAnnot_HasKey", _INT, _HANDLE, ctypes.c_char_p)
annotation_text = _declare("FPDFAnnot_GetStringValue", ctypes.c_ulong, _HANDLE, ctypes.c_char_p, _REF, ctypes.c_ulong)
remove_annotation = _declare("FPDFPage_RemoveAnnot", _INT, _HANDLE, _INT)
flatten_page = _declare("FPDFPage_Flatten", _INT, _HANDLE, _INT)
page_rotation = _declare("FPDFPage_GetRotation", _INT, _HANDLE)

load_text = _declare("FPDFText_LoadPage", _HANDLE, _HANDLE)
close_text = _declare("FPDFText_ClosePage", None, _HANDLE)
count_chars = _declare("FPDFText_CountChars", _INT, _HANDLE)
get_text = _declare("FPDFText_GetText", _INT, _HANDLE, _INT, _INT, _REF)
get_unicode = _declare("FPDFText_GetUnicode", ctypes.c_uint, _HANDLE, _INT)
get_text_object = _declare("FPDFText_GetTextObject", _HANDLE, _HANDLE, _INT)
get_char_box = _declare("FPDFText_GetCharBox", _INT, _HANDLE, _INT, _REF, _REF, _REF, _REF)
get_loose_box = _declare("FPDFText_GetLooseCharBox", _INT, _HANDLE, _INT, _REF)
get_char_origin = _declare("FPDFText_GetCharOrigin", _INT, _HANDLE, _INT, _REF, _REF)
get_char_matrix = _declare("FPDFText_GetMatrix", _INT, _HANDLE, _INT, _REF)
get_font_size = _declare("FPDFText_GetFontSize", ctypes.c_double, _HANDLE, _INT)
has_map_error = _declare("FPDFText_HasUnicodeMapError", _INT, _HANDLE, _INT)
is_generated = _declare("FPDFText_IsGenerated", _INT, _HANDLE, _INT)

count_objects = _declare("FPDFPage_CountObjects", _INT, _HANDLE)
get_object = _declare("FPDFPage_GetObject", _HANDLE, _HANDLE, _INT)
count_form_objects = _declare("FPDFFormObj_CountObjects", _INT, _HANDLE)
get_form_object = _declare("FPDFFormObj_GetObject", _HANDLE, _HANDLE, ctypes.c_ulong)
object_type = _declare("FPDFPageObj_GetType", _INT, _HANDLE)
object_matrix = _declare("FPDFPageObj_GetMatrix", _INT, _HANDLE, _REF)
object_bounds = _declare("FPDFPageObj_GetBounds", _INT, _HANDLE, _REF, _REF, _REF, _REF)
fill_colour = _declare("FPDFPageObj_GetFillColor", _INT, _HANDLE, _REF, _REF, _REF, _REF)
stroke_width = _declare("FPDFPageObj_GetStrokeWidth", _INT, _HANDLE, _REF)
text_font = _declare("FPDFTextObj_GetFont", _HANDLE, _HANDLE)
is_embedded = _declare("FPDFFont_GetIsEmbedded", _INT, _HANDLE)
glyph_width = _declare("FPDFFont_GetGlyphWidth", _INT, _HANDLE, ctypes.c_uint32, ctypes.c_float, _REF)
glyph_path = _declare("FPDFFont_GetGlyphPath", _HANDLE, _HANDLE, ctypes.c_uint32, ctypes.c_float)
count_glyph_segments = _declare("FPDFGlyphPath_CountGlyphSegments", _INT, _HANDLE)
render_mode = _declare("FPDFTextObj_GetTextRenderMode", _INT, _HANDLE)
count_marks = _declare("FPDFPageObj_CountMarks", _INT, _HANDLE)
get_mark = _declare("FPDFPageObj_GetMark", _HANDLE, _HANDLE, ctypes.c_ulong)
mark_name = _declare("FPDFPageObjMark_GetName", _INT, _HANDLE, _REF, ctypes.c_ulong, _REF)

count_segments = _declare("FPDFPath_CountSegments", _INT, _HANDLE)
get_segment = _declare("FPDFPath_GetPathSegment", _HANDLE, _HANDLE, _INT)
segment_type = _declare("FPDFPathSegment_GetType", _INT, _HANDLE)
segment_point = _declare("FPDFPathSegment_GetPoint", _INT, _HANDLE, _REF, _REF)
segment_closes = _declare("FPDFPathSegment_GetClose", _INT, _HANDLE)
draw_mode = _declare("FPDFPath_GetDrawMode", _INT, _HANDLE, _REF, _REF)
