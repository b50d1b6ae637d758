"""A stranger's words in a real browser: no dialog opens, no request leaves, nothing navigates (A-01, A-02)."""

from __future__ import annotations

from datetime import datetime

import pytest

from makegood.demo.cast import Cast
from makegood.desk import models
from makegood.desk.actions import contacts
from makegood.desk.actions.contacts import File
from makegood.intake.mail.markup import clean

from .conftest import Complaints, Visit

pytestmark = pytest.mark.browser

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://evil.example/pixel.gif>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<object data=https://evil.example/x.swf></object><embed src=https://evil.example/x>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import url(https://evil.example/x.css); body{background:url(https://evil.example/y)}</style>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<base href=https://evil.example/><a href=/x>x</a>",
    "<form action=https://evil.example/><button autofocus onfocus=alert(1)>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video src=https://evil.example/x autoplay onerror=alert(1)></video>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<div style='background:url(https://evil.example/z)'>x</div>",
    "<p onmouseover=alert(1) style='position:fixed;inset:0'>x</p>",
    "<a href='java\nscript:alert(1)' autofocus>x</a>",
    "<body onload=alert(1) background=https://evil.example/b>",
    "<template><script>alert(1)</script></template>",
    "</title></textarea></style></script><script>alert(1)</script>",
    "\"'><script src=https://evil.example/x.js></script>",
)


def letter(cast: Cast, now: datetime, payload: str, *, sanitised: bool) -> models.Case:
    message = contacts.Incoming(
        received_at=now,
        from_address="x@x.example",
        from_name=payload[:200],
        subject=payload,
        text=payload,
        folded=payload,
        html=clean(payload, set()) if sanitised else payload,
        files=(File(name=payload[:255], declared_type="text/html", content=payload.encode()),),
    )
    return contacts.open_case(message, door=cast.policy.doors["mail"], item=None, now=now)


@pytest.mark.parametrize("sanitised", [True, False], ids=["as it is kept", "as if the sanitiser had failed"])
def test_nothing_a_stranger_wrote_runs_loads_or_leads_away(
    visit: Visit, house: Cast, moment: list[datetime], complaints: Complaints, sanitised: bool
) -> None:
    cases = [letter(house, moment[0], payload, sanitised=sanitised) for payload in PAYLOADS]
    page = visit("ruth")
    for path in ("/", "/cases/", "/doors/", "/doors/items/", "/doors/set-aside/"):
        page.goto(path, wait_until="networkidle")
        assert page.url.endswith(path)
    for case in cases:
        page.goto(f"/cases/{case.number}/", wait_until="load")
        for summary in page.locator(".tl details.folded > summary").all():
            summary.click()
        page.wait_for_load_state("networkidle")
        assert page.url.endswith(f"/cases/{case.number}/")
        assert page.locator("h1").count() == 1
    # A frame whose policy forbids what it asks for says so, and that is the policy at work.
    blocked = ("Content Security Policy", "Blocked script execution", "sandboxed", "ERR_BLOCKED_BY_CSP")
    complaints.said = [text for text in complaints.said if not any(words in text for words in blocked)]
