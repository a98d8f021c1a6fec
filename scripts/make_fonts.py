"""Writes assets/fonts: what reports need beside DejaVu Sans, cut down from Noto fonts to the signs that names and notes use.

Usage: make_fonts.py DEVANAGARI.ttf THAI.ttf CJK.otf. The sources are NotoSansDevanagari and NotoSansThai (variable, of the
packages fontpkg-noto-sans-devanagari and fontpkg-noto-sans-thai) and NotoSansCJKtc-Regular (cvttf-notosanscjk-regular), all
under the SIL Open Font License. Chinese, Japanese and Korean are kept as far as the national standards of everyday signs go:
GB 2312, Big5 level 1, JIS X 0208 and KS X 1001, in the shapes of the People's Republic of China: Simplified Chinese is what the
program speaks of these.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).parents[1] / "assets" / "fonts"
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]
"""Copyright, names and licence stay in the files."""
UNUSED = ["DSIG", "vhea", "vmtx", "VORG", "BASE"]


def of_standard(encoding: str, last: int = 0xFEFE) -> set[int]:
    """Every sign that a two-byte national standard encodes, up to this code."""
    found = set()
    for code in range(0x8140, last + 1):
        try:
            found.add(ord(code.to_bytes(2, "big").decode(encoding)))
        except (UnicodeDecodeError, TypeError):
            continue
    return found


def everyday() -> set[int]:
    signs = of_standard("gb2312") | of_standard("shift_jis") | of_standard("euc_kr") | of_standard("big5", 0xC67E)
    return {c for c in signs | {*range(0x3000, 0x3190), *range(0xFF00, 0xFFF0)} if c > 0x2E7F}


def as_in_china(font: TTFont) -> None:
    """Let each sign stand for the shape that the font's own substitutions give it in Simplified Chinese."""
    table = font["GSUB"].table
    script = next(s.Script for s in table.ScriptList.ScriptRecord if s.ScriptTag == "hani")
    spoken = next(s.LangSys for s in script.LangSysRecord if s.LangSysTag == "ZHS ")
    features = [table.FeatureList.FeatureRecord[i] for i in spoken.FeatureIndex]
    shapes: dict[str, str] = {}
    for feature in features:
        if feature.FeatureTag == "locl":
            for lookup in (table.LookupList.Lookup[i] for i in feature.Feature.LookupListIndex):
                for part in lookup.SubTable:
                    shapes |= getattr(part, "ExtSubTable", part).mapping
    for cmap in font["cmap"].tables:
        if hasattr(cmap, "cmap"):
            cmap.cmap = {sign: shapes.get(glyph, glyph) for sign, glyph in cmap.cmap.items()}


def cut(font: TTFont, signs: Iterable[int], features: list[str], unused: list[str]) -> TTFont:
    options = subset.Options()
    options.layout_features, options.name_IDs, options.hinting, options.glyph_names = features, NAMES, False, False
    options.drop_tables += unused
    font["cmap"].tables = [t for t in font["cmap"].tables if t.platformID == 3 and t.format in (4, 12)]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=signs)
    cutter.subset(font)
    return font


def main(devanagari: str, thai: str, cjk: str) -> None:
    FONTS.mkdir(exist_ok=True)
    for source, name in ((devanagari, "NotoSansDevanagari.ttf"), (thai, "NotoSansThai.ttf")):
        font = instancer.instantiateVariableFont(TTFont(source), {"wght": 400, "wdth": 100})
        cut(font, list(font.getBestCmap()), ["*"], UNUSED).save(FONTS / name)
    font = TTFont(cjk)
    font["cmap"].tables = [t for t in font["cmap"].tables if t.format == 12]
    as_in_china(font)
    cut(font, everyday() & set(font.getBestCmap()), [], [*UNUSED, "GSUB", "GPOS", "GDEF"]).save(FONTS / "NotoSansCJK.otf")


if __name__ == "__main__":
    main(*sys.argv[1:])
