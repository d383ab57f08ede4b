"""Builds OFD packages from raw XML (GB/T 33190): no program on a test machine writes them."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 4.0
"""The size (mm) of the text."""


def text(x: float, y: float, words: str, size: float = SIZE, steps: str | None = None, ctm: str = "") -> str:
    """Give a text object whose characters stand side by side from a point, their tops at ``y``."""
    step = steps if steps is not None else f"g {len(words) - 1} {size}"
    matrix = f' CTM="{ctm}"' if ctm else ""
    code = f'<ofd:TextCode X="0" Y="{size * 0.88}" DeltaX="{step}">{words}</ofd:TextCode>'
    return f'<ofd:TextObject ID="1" Boundary="{x} {y} 200 10" Font="1" Size="{size}"{matrix}>{code}</ofd:TextObject>'


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """Give a stroked path, in coordinates of its own boundary."""
    boundary = f"{min(x0, x1)} {min(y0, y1)} {abs(x1 - x0)} {abs(y1 - y0)}"
    data = f"M 0 0 L {abs(x1 - x0)} {abs(y1 - y0)}"
    return (
        f'<ofd:PathObject ID="2" Boundary="{boundary}" LineWidth="0.25">'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    """Give a rectangle as one closed path."""
    return (
        f'<ofd:PathObject ID="3" Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.25"><ofd:AbbreviatedData>'
        f"M 0 0 L {x1 - x0} 0 L {x1 - x0} {y1 - y0} L 0 {y1 - y0} C</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table(xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> str:
    """Give a ruled table with one line of text a cell."""
    drawn = [line(xs[0], y, xs[-1], y) for y in ys] + [line(x, ys[0], x, ys[-1]) for x in xs]
    texts = [
        text(xs[c] + 1.5, ys[r] + 1.5, words) for r, row in enumerate(rows) for c, words in enumerate(row) if words
    ]
    return "".join(drawn + texts)


def write_ofd(path: Path, *pages: str, template: str | None = None, extra: dict[str, str] | None = None) -> Path:
    """Write a package with such page contents; a template is drawn below each page."""
    entries = "".join(f'<ofd:Page ID="{k}" BaseLoc="Pages/Page_{k}/Content.xml"/>' for k in range(len(pages)))
    common = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    use = ""
    parts: dict[str, str] = {}
    if template is not None:
        common += '<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
        use = '<ofd:Template TemplateID="9" ZOrder="Background"/>'
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = page(template)
    parts |= {
        "OFD.xml": f"<ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": (
            f"<ofd:Document {NAMESPACE}><ofd:CommonData>{common}</ofd:CommonData>"
            f"<ofd:Pages>{entries}</ofd:Pages></ofd:Document>"
        ),
    }
    parts |= {f"Doc_0/Pages/Page_{k}/Content.xml": page(content, use) for k, content in enumerate(pages)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (parts | (extra or {})).items():
            archive.writestr(name, data)
    return path


def page(content: str, use: str = "") -> str:
    """Give a page's part."""
    return f'<ofd:Page {NAMESPACE}>{use}<ofd:Content><ofd:Layer ID="4">{content}</ofd:Layer></ofd:Content></ofd:Page>'
