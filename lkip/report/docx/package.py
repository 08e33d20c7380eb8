"""The files of a DOCX that are the same for every report: styles, lists, settings; and the archive with fixed dates."""

import io
import zipfile
from datetime import date

from lkip.report.docx import typefaces
from lkip.report.docx.xml import esc, field, text_run
from lkip.report.stamp import Around

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FACE = typefaces.FACE
UPRIGHT_TAB = 9400
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def _style(
    name: str, title: str, rpr: str = "", ppr: str = "", *, base: str = "Normal", after: str = ""
) -> str:
    following = f'<w:next w:val="{after}"/>' if after else ""
    parent = f'<w:basedOn w:val="{base}"/>' if base else ""
    kind = 'w:default="1" ' if name == "Normal" else ""
    return (
        f'<w:style w:type="paragraph" {kind}w:styleId="{name}"><w:name w:val="{title}"/>{parent}{following}<w:qFormat/>'
        f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def _size(points: float, *, bold: bool = False, colour: str = "") -> str:
    half = round(points * 2)
    shade = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{"<w:b/>" if bold else ""}{shade}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _space(before: int, after: int, *, keep: bool = False, level: int | None = None, extra: str = "") -> str:
    held = "<w:keepNext/><w:keepLines/>" if keep else ""
    outline = f'<w:outlineLvl w:val="{level}"/>' if level is not None else ""
    return f'{held}{extra}<w:spacing w:before="{before}" w:after="{after}"/>{outline}'


def styles(accent: str) -> str:
    """styles.xml: headings, captions, lists, contents, texts of tables."""
    grey = "555E66"
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9400"/></w:tabs>'
    border = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="15191D"/></w:pBdr>'
    found = [
        _style("Normal", "Normal", _size(10), '<w:widowControl/><w:spacing w:before="60" w:after="100" '
                                              'w:line="290" w:lineRule="auto"/>', base=""),
        _style("Title", "Title", _size(34, bold=True), _space(3200, 60)),
        _style("Subtitle", "Subtitle", _size(12, colour=grey), _space(120, 200)),
        _style("Heading1", "heading 1", _size(22, bold=True), _space(240, 200, keep=True, level=0), after="Normal"),
        _style("Heading2", "heading 2", _size(14, bold=True), _space(320, 100, keep=True, level=1), after="Normal"),
        _style("Heading3", "heading 3", _size(11.5, bold=True), _space(240, 80, keep=True, level=2), after="Normal"),
        _style("Heading4", "heading 4", _size(10, bold=True), _space(180, 60, keep=True, level=3, extra=border)),
        _style("Heading5", "heading 5", _size(10, bold=True), _space(140, 60, keep=True), after="Normal"),
        _style("Kicker", "Nomor bab", _size(11, bold=True, colour=accent), _space(600, 0, keep=True)),
        _style("Lead", "Pembuka", _size(12), _space(60, 160)),
        _style("Caption", "caption", _size(8.8), _space(200, 60, keep=True)),
        _style("CaptionTable", "Keterangan Tabel", "", "", base="Caption"),
        _style("CaptionFigure", "Keterangan Gambar", "", "", base="Caption"),
        _style("Note", "Catatan", _size(7.6, colour=grey), _space(60, 160)),
        _style("CellText", "Isi tabel", _size(8.4), '<w:spacing w:before="20" w:after="20" w:line="240" '
                                                    'w:lineRule="auto"/>'),
        _style("CellNumber", "Angka tabel", "", '<w:jc w:val="right"/>', base="CellText"),
        _style("CellHead", "Kepala tabel", _size(7.2, colour=grey), "<w:keepNext/>", base="CellText"),
        _style("ListBullet", "List Bullet", "", '<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:before="20" '
                                                'w:after="40"/>'),
        _style("ListNumber", "List Number", "", '<w:spacing w:before="20" w:after="40"/>'),
        _style("FootnoteText", "footnote text", _size(7.4), '<w:spacing w:before="0" w:after="0" w:line="240" '
                                                            'w:lineRule="auto"/>'),
        _style("TOC1", "toc 1", "<w:b/>", tabs + '<w:spacing w:before="120" w:after="20"/>'),
        _style("TOC2", "toc 2", "", tabs + '<w:spacing w:before="10" w:after="10"/><w:ind w:left="240"/>'),
        _style("TOC3", "toc 3", _size(9), tabs + '<w:spacing w:before="0" w:after="0"/><w:ind w:left="480"/>'),
        _style("TableofFigures", "table of figures", _size(9), tabs + '<w:spacing w:before="10" w:after="10"/>'),
        _style("Header", "header", _size(7.4, colour=grey), '<w:tabs><w:tab w:val="right" w:pos="9400"/></w:tabs>'),
        _style("Footer", "footer", _size(7.4, colour=grey), '<w:tabs><w:tab w:val="right" w:pos="9400"/></w:tabs>'),
    ]  # fmt: skip
    default = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:cs="{FACE}" '
        f'w:eastAsia="{FACE}"/>'
        '<w:lang w:val="id-ID"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    return f"{HEAD}<w:styles {NAMESPACES}>{default}{''.join(found)}</w:styles>"


def numbering(lists: int) -> str:
    """numbering.xml: one bulleted list and so many numbered ones, each starting at 1."""

    def level(kind: str, shown: str) -> str:
        return (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{shown}"/><w:lvlJc '
            f'w:val="left"/>'
            '<w:pPr><w:ind w:left="360" w:hanging="280"/></w:pPr></w:lvl>'
        )

    abstract = f'<w:abstractNum w:abstractNumId="0">{level("bullet", "–")}</w:abstractNum>'
    abstract += f'<w:abstractNum w:abstractNumId="1">{level("decimal", "%1.")}</w:abstractNum>'
    numbers = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    for number in range(2, lists + 2):
        restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        numbers += f'<w:num w:numId="{number}"><w:abstractNumId w:val="1"/>{restart}</w:num>'
    return f"{HEAD}<w:numbering {NAMESPACES}>{abstract}{numbers}</w:numbering>"


def footnotes(notes: list[tuple[str, str]]) -> str:
    """footnotes.xml: the two separators, then (id, text) in order."""
    found = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" '
        'w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    )
    sign = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    look = '<w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
    for number, (figure_id, words) in enumerate(notes, start=1):
        content = sign + text_run(f" {figure_id} ", "<w:b/>") + text_run(words)
        found += f'<w:footnote w:id="{number}"><w:p>{look}{content}</w:p></w:footnote>'
    return f"{HEAD}<w:footnotes {NAMESPACES}>{found}</w:footnotes>"


def _edge(width: int) -> str:
    """A right tab at the edge of the text, where it is not the upright page's of the style."""
    if width == UPRIGHT_TAB:
        return ""
    return (
        f'<w:tabs><w:tab w:val="clear" w:pos="{UPRIGHT_TAB}"/><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
    )


def header(about: Around, chapter: str, width: int) -> str:
    """A running head with the chapter at the right edge of a text of this width."""
    right = " · ".join(part for part in ("DRAF" if about.draft else "", chapter) if part)
    body = text_run(about.head, "<w:b/>") + "<w:r><w:tab/></w:r>" + text_run(right)
    return f'{HEAD}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Header"/>{_edge(width)}</w:pPr>{body}</w:p></w:hdr>'


def footer(about: Around, *, body: bool, width: int) -> str:
    """A foot of a text of this width with "Halaman x dari y" in the body, the number alone before it."""
    page = field("PAGE", "1")
    shown = (
        text_run("Halaman ") + page + text_run(" dari ") + field("PAGEREF p_halaman_akhir", "1")
        if body
        else page
    )
    content = text_run(about.foot) + "<w:r><w:tab/></w:r>" + shown
    look = f'<w:pPr><w:pStyle w:val="Footer"/>{_edge(width)}</w:pPr>'
    return f"{HEAD}<w:ftr {NAMESPACES}><w:p>{look}{content}</w:p></w:ftr>"


def archive(parts: dict[str, bytes]) -> bytes:
    """The parts as a zip file whose entries have one fixed date and order."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book:
        for name in sorted(parts, key=lambda each: (each != "[Content_Types].xml", each)):
            info = zipfile.ZipInfo(name, ZIP_DAY)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            book.writestr(info, parts[name])
    return target.getvalue()


def properties(about: Around) -> dict[str, str]:
    """docProps: title, office, the day of the edition as the only date."""
    day: date = about.day
    core = (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{esc(about.title)}</dc:title><dc:creator>{esc(about.office)}</dc:creator><dc:language>id-ID</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day:%Y-%m-%d}T00:00:00Z</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day:%Y-%m-%d}T00:00:00Z</dcterms:modified></cp:coreProperties>'
    )
    app = (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Sidakep</Application></Properties>"
    )
    return {"docProps/core.xml": core, "docProps/app.xml": app}


def frame(relations: list[tuple[str, str, str]], overrides: list[tuple[str, str]]) -> dict[str, str]:
    """Content types and relations. ``relations`` are (id, kind, target) of the document."""
    documents = [
        ("word/document.xml", f"{_WORD}document.main+xml"),
        ("word/styles.xml", f"{_WORD}styles+xml"),
        ("word/numbering.xml", f"{_WORD}numbering+xml"),
        ("word/settings.xml", f"{_WORD}settings+xml"),
        ("word/footnotes.xml", f"{_WORD}footnotes+xml"),
        ("word/fontTable.xml", f"{_WORD}fontTable+xml"),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
        *((name, f"{_WORD}{kind}+xml") for name, kind in overrides),
    ]
    named = [f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in documents]
    kinds = "".join(named)
    types = (
        f'{HEAD}<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="odttf" '
        f'ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/>{kinds}</Types>'
    )
    root = (
        f'{HEAD}<Relationships xmlns="{_PACKAGE}relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{_RELATIONS}extended-properties" Target="docProps/app.xml"/></Relationships>'
    )
    settings = (
        f'{HEAD}<w:settings {NAMESPACES}><w:embedTrueTypeFonts/><w:saveSubsetFonts/><w:defaultTabStop w:val="720"/>'
        '<w:updateFields w:val="true"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr></w:settings>'
    )
    return {
        "[Content_Types].xml": types,
        "_rels/.rels": root,
        "word/_rels/document.xml.rels": _links(relations),
        "word/_rels/fontTable.xml.rels": _links(typefaces.relations()),
        "word/fontTable.xml": f"{HEAD}<w:fonts {NAMESPACES}>{typefaces.table()}</w:fonts>",
        "word/settings.xml": settings,
    }


def _links(relations: list[tuple[str, str, str]]) -> str:
    """A file of relations."""
    links = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}{kind}" Target="{target}"/>'
        for name, kind, target in relations
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}relationships">{links}</Relationships>'
