"""Makes the handbook's pages: docs/handbook/*.md -> HTML that needs nothing else. setup.py calls it when the package is built;

python packaging/handbook.py makes them for a checkout, in formcheck/handbook. Wants markdown-it-py.
"""

import re
import shutil
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "docs" / "handbook"
TARGET = ROOT / "formcheck" / "handbook"
PAGES = ("index", "first-set", "camera", "running", "figures", "clinic", "sensor", "privacy", "trouble")
"""In the order of the list beside every page."""
ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch", "es": "Español", "fr": "Français", "zh_CN": "简体中文"}
"""As each calls itself, below the list of pages."""
TEMPLATE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - formcheck</title><style>{style}</style></head>
<body><nav><ul>{links}</ul><ul>{languages}</ul></nav><main>{text}</main></body></html>
"""
STYLE = """
@font-face { font-family: "reports"; unicode-range: U+2E80-9FFF, U+FF00-FFEF;
  src: url("FONTS/NotoSansCJK.otf"), url("../FONTS/NotoSansCJK.otf"); }
:root { color-scheme: light dark; --ink: #16191d; --ground: #fff; --link: #00599c; --line: #8b95a1; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f1f3f5; --ground: #16191d; --link: #7cc4ff; --line: #77818d; }
}
body { margin: 0; display: flex; flex-wrap: wrap; font: 1.05rem/1.55 system-ui, sans-serif; color: var(--ink);
  background: var(--ground); }
:lang(zh) { font-family: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "reports", system-ui, sans-serif; }
nav { flex: 0 0 15rem; padding: 2rem 0 1rem 1.5rem; }
nav ul { list-style: none; margin: 0 0 2rem; padding: 0; }
nav li { margin: .5rem 0; }
main { flex: 1 1 20rem; max-width: 46rem; padding: 1rem 1.5rem 4rem; }
a { color: var(--link); }
a[aria-current] { font-weight: 700; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
img { max-width: 100%; height: auto; background: #fff; }
table { border-collapse: collapse; margin: 1rem 0; }
td, th { border: 1px solid var(--line); padding: .4rem .7rem; text-align: left; vertical-align: top; }
"""
"""FONTS: where those of the reports lie in the installed program; in a checkout a folder above. Chinese pages want them where the
system has none."""


def make(target: Path = TARGET) -> None:
    """All pages in all languages and their pictures, in a folder that is made anew: English at its top, as in the sources."""
    shutil.rmtree(target, ignore_errors=True)
    reader = MarkdownIt("commonmark").enable("table")
    for language in LANGUAGES:
        source, made = folder(SOURCE, language), folder(target, language)
        made.mkdir(parents=True)
        texts = {name: (source / f"{name}.md").read_text(encoding="utf-8") for name in PAGES}
        titles = {name: text.partition("\n")[0].removeprefix("# ") for name, text in texts.items()}
        up = "" if language == ENGLISH else "../"
        for name, text in texts.items():
            for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text):
                shutil.copyfile(source / picture, target / Path(picture).name)
            text = re.sub(r"(!\[[^\]]*\])\((?:[^)]*/)?([^)/]+)\)", rf"\1({up}\2)", text)
            page = TEMPLATE.format(
                lang=_tag(language),
                title=titles[name],
                style=STYLE.replace("FONTS", f"{up}../assets/fonts"),
                links="".join(_link(f"{other}.html", titles[other], here=other == name) for other in PAGES),
                languages="".join(_other(language, code, name) for code in LANGUAGES),
                text=re.sub(r'href="([a-z-]+)\.md', r'href="\1.html', reader.render(text)),
            )
            (made / f"{name}.html").write_text(page, encoding="utf-8")


def folder(of: Path, language: str) -> Path:
    return of if language == ENGLISH else of / language


def _other(language: str, code: str, name: str) -> str:
    """The same page in the language `code`, as a link from one in `language`."""
    place = f"{name}.html" if code == ENGLISH else f"{code}/{name}.html"
    place = place if language == ENGLISH else f"../{place}"
    return _link(place, LANGUAGES[code], here=code == language).replace("<a ", f'<a lang="{_tag(code)}" ')


def _tag(code: str) -> str:
    """As HTML names a language."""
    return code.replace("_", "-")


def _link(place: str, words: str, *, here: bool) -> str:
    current = ' aria-current="page"' if here else ""
    return f'<li><a href="{place}"{current}>{words}</a></li>'


if __name__ == "__main__":
    make()
