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
PAGES = ("index", "first-set", "camera", "figures", "clinic", "sensor", "privacy", "trouble")
"""In the order of the list beside every page."""
TEMPLATE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - formcheck</title><style>{style}</style></head>
<body><nav aria-label="Pages"><ul>{links}</ul></nav><main>{text}</main></body></html>
"""
STYLE = """
:root { color-scheme: light dark; --ink: #16191d; --ground: #fff; --link: #00599c; --line: #8b95a1; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f1f3f5; --ground: #16191d; --link: #7cc4ff; --line: #77818d; }
}
body { margin: 0; display: flex; flex-wrap: wrap; font: 1.05rem/1.55 system-ui, sans-serif; color: var(--ink);
  background: var(--ground); }
nav { flex: 0 0 15rem; padding: 2rem 0 1rem 1.5rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { margin: .5rem 0; }
main { flex: 1 1 20rem; max-width: 46rem; padding: 1rem 1.5rem 4rem; }
a { color: var(--link); }
a[aria-current] { font-weight: 700; }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
img { max-width: 100%; height: auto; background: #fff; }
table { border-collapse: collapse; margin: 1rem 0; }
td, th { border: 1px solid var(--line); padding: .4rem .7rem; text-align: left; vertical-align: top; }
"""


def make(target: Path = TARGET) -> None:
    """All pages and their pictures, in a folder that is made anew."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    texts = {name: (SOURCE / f"{name}.md").read_text(encoding="utf-8") for name in PAGES}
    titles = {name: text.partition("\n")[0].removeprefix("# ") for name, text in texts.items()}
    reader = MarkdownIt("commonmark").enable("table")
    for name, text in texts.items():
        for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text):
            shutil.copyfile(SOURCE / picture, target / Path(picture).name)
        text = re.sub(r"(!\[[^\]]*\])\((?:[^)]*/)?([^)/]+)\)", r"\1(\2)", text)
        html = re.sub(r'href="([a-z-]+)\.md', r'href="\1.html', reader.render(text))
        links = "".join(_link(other, titles[other], here=other == name) for other in PAGES)
        page = TEMPLATE.format(title=titles[name], style=STYLE, links=links, text=html)
        (target / f"{name}.html").write_text(page, encoding="utf-8")


def _link(name: str, title: str, *, here: bool) -> str:
    current = ' aria-current="page"' if here else ""
    return f'<li><a href="{name}.html"{current}>{title}</a></li>'


if __name__ == "__main__":
    make()
