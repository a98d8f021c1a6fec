"""A document as one HTML file: no scripts, no links, pictures inside, so that it can be mailed or printed as it is."""

import base64
from html import escape

from formcheck.report.document import COLOURS, Blank, Block, Document, Facts, Figure, Heading, Paragraph, Picture, Pictures, Table
from formcheck.report.session_figures import Series
from formcheck.report.session_report import session_document
from formcheck.report.svg import svg
from formcheck.results import Session
from formcheck.system.language import language

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""Tells the browser itself to load nothing from anywhere."""
_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#1d1d1d;background:#fff}"
    "h1{font-size:1.6rem;margin:0 0 1rem}h2{font-size:1.15rem;margin:2rem 0 .5rem}"
    "table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;padding:.3rem .5rem;vertical-align:top;"
    "border-bottom:1px solid #ddd}td:first-child{border-left:4px solid transparent}"
    "dl{display:grid;grid-template-columns:11rem 1fr;gap:.2rem 1rem;margin:.5rem 0}"
    "dt{color:#555}dd{margin:0;white-space:pre-line}"
    "figure{margin:1rem 0}figcaption,.small{font-size:.85rem;color:#555}svg{width:100%;height:auto;font-family:inherit}"
    ".pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1rem}.pictures img{width:100%}"
    ".blank{border-bottom:1px solid #999;height:1.8rem}footer{margin-top:2rem;padding-top:.5rem;border-top:1px solid #999;"
    "font-size:.85rem;color:#444}@media print{body{margin:0}figure,tr{break-inside:avoid}}"
    + "".join(f"tr.{tone} td:first-child{{border-left-color:{colour}}}" for tone, colour in COLOURS.items() if tone != "plain")
)


def session_html(session: Session, *, series: Series | None = None) -> str:
    """A session's report as one HTML page. series: column of series.csv -> a value per frame, for the curves."""
    return document_html(session_document(session, series=series))


def document_html(document: Document) -> str:
    """Any report as one HTML page."""
    body = "\n".join(_block(b) for b in document.blocks)
    title = escape(document.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{language().replace("_", "-")}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head>\n<body><h1>{title}</h1>\n{body}\n"
        f"<footer>{escape(document.footer)}</footer></body></html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"<h2>{escape(text)}</h2>"
        case Paragraph(text, small):
            return f"<p{' class=small' if small else ''}>{escape(text)}</p>"
        case Facts(pairs):
            return "<dl>" + "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in pairs) + "</dl>"
        case Table():
            return _table(block)
        case Figure(canvas, caption):
            return f"<figure>{svg(canvas, caption)}<figcaption>{escape(caption)}</figcaption></figure>"
        case Pictures(pictures):
            return '<div class="pictures">' + "".join(_picture(p) for p in pictures) + "</div>"
        case Blank(label, lines):
            return f"<dl><dt>{escape(label)}</dt><dd>{'<div class=blank></div>' * lines}</dd></dl>"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "".join(
        f'<tr class="{row.tone}">' + "".join(f"<td>{escape(cell)}</td>" for cell in row.cells) + "</tr>" for row in table.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _picture(picture: Picture) -> str:
    data = base64.b64encode(picture.data).decode()
    caption = escape(picture.caption)
    return (
        f'<figure><img src="data:{picture.media_type};base64,{data}" alt="{caption}"><figcaption>{caption}</figcaption></figure>'
    )
