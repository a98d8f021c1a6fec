"""Names and notes in every script are in the PDF itself, and nothing vanishes."""

import re
import zlib
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from fpdf import FPDF
from report_cases import session

from formcheck.report.document import Document, Facts, Paragraph, Row, Table
from formcheck.report.fonts import NO_SIGN, use, written
from formcheck.report.pdf import document_pdf
from formcheck.report.session_report import About, session_document
from formcheck.session.notes import Notes
from formcheck.system.resources import folder

WRITTEN = {
    "Chinese": "王小明 張偉 欧阳娜娜 膝蓋內傾",
    "Japanese": "山田太郎 さくら カタカナ 骨盤が後ろに傾く",
    "Korean": "김철수 박지성 골반이 뒤로 기울어짐",
    "Thai": "สมชาย น้ำใจ สะโพกเอียง",
    "Hindi": "अनिल क्षत्रिय श्रीकृष्ण कूल्हा",
    "Arabic": "محمد بن سلمان الحوض مائل ۱۲",
    "Hebrew": "דוד בן־גוריון האגן נוטה",
    "Polish": "Zażółć gęślą jaźń",
    "Vietnamese": "Nguyễn Thị Hồng",
    "Greek": "Ελένη Παπαδοπούλου",
}


def text_in(pdf: Path) -> set[str]:
    """Every sign that the PDF says its glyphs stand for (ToUnicode), where they are drawn."""
    signs: set[str] = set()
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf.read_bytes(), re.DOTALL):
        try:
            stream = zlib.decompress(packed)
        except zlib.error:
            stream = packed
        if b"beginbfchar" in stream or b"beginbfrange" in stream:
            for code in re.findall(rb"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f]+)>", stream):
                signs |= set(bytes.fromhex(code.decode()).decode("utf-16-be", "ignore"))
    return signs


@pytest.mark.parametrize("script", WRITTEN)
def test_names_notes_and_tables_are_there(script: str, tmp_path: Path) -> None:
    words = WRITTEN[script]
    document = Document(
        words, (Facts((("Client", words),)), Paragraph(words * 8), Table(("No.", words), (Row(("1", words)),), (1, 3))), words
    )
    document_pdf(document, tmp_path / "x.pdf")
    assert set(words) <= text_in(tmp_path / "x.pdf") | {" "}
    assert (tmp_path / "x.pdf").stat().st_size < 150_000


def without_a_font(pdf: Path) -> int:
    """How many pieces of text are drawn where no font is set: viewers leave them out."""
    missing = 0
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf.read_bytes(), re.DOTALL):
        try:
            stream = re.sub(rb"\((?:\\.|[^\\)])*\)|<[^>]*>", b" ", zlib.decompress(packed), flags=re.DOTALL)
        except zlib.error:
            continue
        levels = [False]
        for operator in re.findall(rb"\b(?:q|Q|Tf|Tj|TJ)\b", stream) if b"BT" in stream else ():
            if operator == b"q":
                levels.append(levels[-1])
            elif operator == b"Q":
                levels.pop()
            elif operator == b"Tf":
                levels[-1] = True
            else:
                missing += not levels[-1]
    return missing


def test_values_beside_chinese_labels_have_a_font(tmp_path: Path) -> None:
    facts = Facts((("时间", "2026/11/27 19:50"), ("次数", "6，其中 2 次规范"), ("Name", "Ann")))
    document_pdf(
        Document("蚌式，右侧", (facts, Table(("次", "结果"), (Row(("1", "规范")),), (1, 3))), "估算"), tmp_path / "x.pdf"
    )
    assert without_a_font(tmp_path / "x.pdf") == 0


def test_a_session_s_report_in_many_scripts_at_once(tmp_path: Path) -> None:
    everything = " ".join(WRITTEN.values())
    notes = Notes(subjective=everything, assessment="קצר", overruled={3: {"pelvic_roll": "误判"}}, excluded={2: "ผิดท่า"})
    document_pdf(session_document(session(4.0, 12.0, 19.0), notes=notes, about=About("王-017")), tmp_path / "x.pdf")
    assert set(everything) | set("误判ผิดท่า") <= text_in(tmp_path / "x.pdf") | {" "}


def test_letters_are_put_together() -> None:
    """Joined Arabic is narrower than its letters one by one; a Devanagari vowel stands before the letter it follows."""
    for words in (WRITTEN["Arabic"], WRITTEN["Hindi"]):
        page = FPDF()
        first = _first_font()
        page.add_font("first", "", first)
        use(page, written(Document("", (Paragraph(words),), ""), first))
        page.set_font("first", "", 12)
        assert page.text_shaping is not None
        apart = sum(page.get_string_width(c) for c in words)
        assert page.get_string_width(words) < 0.97 * apart
        page.output()  # closes the fonts


def test_what_no_font_has_is_shown_and_said(tmp_path: Path) -> None:
    document = Document("Set", (Facts((("Client", "𠀀 Ann 🙂 ᚠ"),)),), "")
    how = written(document, _first_font())
    said = next(b.text for b in how.document.blocks if isinstance(b, Paragraph))
    assert "U+20000" in said
    assert "U+1F642" in said or NO_SIGN not in how.document.blocks[-1].pairs[0][1]  # type: ignore[union-attr]
    assert how.document.blocks[-1].pairs[0][1].startswith(f"{NO_SIGN} Ann ")  # type: ignore[union-attr]
    document_pdf(document, tmp_path / "x.pdf")
    assert NO_SIGN in text_in(tmp_path / "x.pdf")


def test_signs_that_only_steer_others_need_no_glyph() -> None:
    how = written(Document("क्\u200dष \u202etext\ufe0f", (), ""), _first_font())
    assert not how.document.blocks
    assert NO_SIGN not in how.document.title


def test_a_plain_report_loads_no_further_font() -> None:
    how = written(Document("Clam, left side", (Paragraph("Median 12.5° ± 3°; Zażółć"),), "estimated"), _first_font())
    assert how.files == ()
    assert not how.shaped


def test_the_fonts_come_with_their_licence() -> None:
    fonts = folder("assets") / "fonts"
    licence = (fonts / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License, Version 1.1" in licence
    files = [p for p in fonts.iterdir() if p.suffix in (".ttf", ".otf")]
    assert all(p.stem in licence for p in files)
    assert sum(p.stat().st_size for p in files) < 4_000_000


def _first_font() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


def test_chinese_signs_have_their_shapes_in_china() -> None:
    """Its comma stands at the lower left; on Taiwan it stands in the middle."""
    font = TTFont(folder("assets") / "fonts" / "NotoSansCJK.otf")
    signs = font.getGlyphSet()
    outline = BoundsPen(signs)
    signs[font.getBestCmap()[ord("，")]].draw(outline)
    _, _, right, top = outline.bounds
    assert right < 0.4 * font["head"].unitsPerEm
    assert top < 0.3 * font["head"].unitsPerEm
