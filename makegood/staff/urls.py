"""Addresses of the staff door."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import (
    alarm_link,
    case_acts,
    codes,
    doors,
    downloads,
    hearing,
    incident_acts,
    incidents,
    own_settings,
    people,
    programmes,
    remedies,
    remedy_acts,
    sent,
    signing_in,
)
from .board import board
from .case import case, composing, note, reply
from .cases import cases
from .remedy_new import remedy_new

_SIGN_IN = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/code/", signing_in.sign_in_code, name="sign-in-code"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("a/<str:secret>/", alarm_link.acknowledge_link, name="acknowledge-link"),
]
_CASES = [
    path("", board, name="board"),
    path("cases/", cases, name="cases"),
    path("cases/<str:number>/", case, name="case"),
    path("cases/<str:number>/reply/", reply, name="reply"),
    path("cases/<str:number>/note/", note, name="note"),
    path("cases/<str:number>/composing/", composing, name="composing"),
    path("cases/<str:number>/draft/", hearing.draft, name="draft"),
    path("cases/<str:number>/draft/second/", hearing.second_draft, name="second-draft"),
    path("cases/<str:number>/contacts/<int:contact>/read/", hearing.confirm, name="confirm-read"),
    path("cases/<str:number>/acknowledge/", case_acts.acknowledge, name="acknowledge"),
    path("cases/<str:number>/offer/", case_acts.offer, name="offer"),
    path("cases/<str:number>/accept/", case_acts.accept, name="accept"),
    path("cases/<str:number>/return/", case_acts.give_back, name="return"),
    path("cases/<str:number>/close/", case_acts.close, name="close"),
    path("cases/<str:number>/reopen/", case_acts.reopen, name="reopen"),
    path("cases/<str:number>/judge/", case_acts.judge, name="judge"),
    path("cases/<str:number>/promises/<int:promise>/keep/", case_acts.keep_promise, name="keep-promise"),
    path("cases/<str:number>/page-link/", case_acts.page_link, name="page-link"),
    path("cases/<str:number>/page-link/end/", case_acts.end_page_links, name="end-page-links"),
    path("cases/<str:number>/contacts/<int:contact>/join/", case_acts.join_proposed, name="join-proposed"),
    path("cases/<str:number>/contacts/<int:contact>/part/", case_acts.part_proposed, name="part-proposed"),
    path("cases/<str:number>/contacts/<int:contact>/no-answer/", case_acts.needs_no_answer, name="needs-no-answer"),
    path("cases/<str:number>/contacts/<int:contact>/html/", downloads.contact_html, name="contact-html"),
    path("cases/<str:number>/contacts/<int:contact>/raw/", downloads.contact_raw, name="contact-raw"),
    path("attachments/<int:pk>/", downloads.attachment, name="attachment"),
]
_REMEDIES = [
    path("cases/<str:number>/wish/ask/", remedy_acts.wish_ask, name="wish-ask"),
    path("cases/<str:number>/wish/say/", remedy_acts.wish_say, name="wish-say"),
    path("cases/<str:number>/wish/pass/", remedy_acts.wish_pass, name="wish-pass"),
    path("cases/<str:number>/holdings/", remedy_acts.holding_take, name="holding-take"),
    path("cases/<str:number>/holdings/<int:holding>/return/", remedy_acts.holding_return, name="holding-return"),
    path("cases/<str:number>/remedies/new/", remedy_new, name="remedy-new"),
    path("cases/<str:number>/remedies/<int:remedy>/offer/", remedy_acts.offer, name="remedy-offer"),
    path("cases/<str:number>/remedies/<int:remedy>/choose/", remedy_acts.choose, name="remedy-choose"),
    path("cases/<str:number>/remedies/<int:remedy>/<slug:verb>/", remedy_acts.act, name="remedy-act"),
    path("remedies/", remedies.inbox, name="remedies"),
    path("remedies/budgets/", remedies.budgets, name="budgets"),
    path("remedies/behind/", remedies.behind, name="remedies-behind"),
]
_INCIDENTS = [
    path("incidents/", incidents.incidents, name="incidents"),
    path("incidents/new/", incidents.new, name="incident-new"),
    path("incidents/wave-off/", incident_acts.wave_off, name="incident-wave-off"),
    path("incidents/<int:pk>/", incidents.incident, name="incident"),
    path("incidents/<int:pk>/people/", incidents.people, name="incident-people"),
    path("incidents/<int:pk>/people/<int:person>/", incident_acts.person, name="incident-person"),
    path("incidents/<int:pk>/upload/", incident_acts.upload, name="incident-upload"),
    path("incidents/<int:pk>/lists/<int:source>/rejected/", incidents.rejected, name="incident-rejected"),
    path("incidents/<int:pk>/add/", incident_acts.add_case, name="incident-add"),
    path("incidents/<int:pk>/letter/", incident_acts.letter, name="incident-letter"),
    path("incidents/<int:pk>/partner/", incident_acts.partner, name="incident-partner"),
    path("incidents/<int:pk>/remedy/", incident_acts.remedy, name="incident-remedy"),
    path("incidents/<int:pk>/option/", incident_acts.option, name="incident-option"),
    path("incidents/<int:pk>/dry-run/", incident_acts.dry_run, name="incident-dry-run"),
    path("incidents/<int:pk>/approve/", incident_acts.approve, name="incident-approve"),
    path("incidents/<int:pk>/start/", incident_acts.start, name="incident-start"),
    path("incidents/<int:pk>/pause/", incident_acts.pause, name="incident-pause"),
    path("incidents/<int:pk>/go-on/", incident_acts.go_on, name="incident-go-on"),
    path("incidents/<int:pk>/close/", incident_acts.close, name="incident-close"),
]
_CODES = [
    path("codes/", codes.codes, name="codes"),
    path("codes/redeem/", codes.redeem, name="code-redeem"),
    path("codes/<int:pk>/", codes.code, name="code"),
    path("codes/<int:pk>/end/", codes.end, name="code-end"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/new/", programmes.start, name="programme-start"),
    path("programmes/held/<int:pk>/", programmes.answer, name="entitlement"),
    path("programmes/stopped/<int:pk>/", programmes.settle, name="mismatch-settle"),
    path("programmes/of/<slug:name>/", programmes.programme, name="programme"),
    path("programmes/of/<slug:name>/publish/", programmes.publish, name="programme-publish"),
    path("programmes/of/<slug:name>/enter/", programmes.enter, name="programme-enter"),
    path("programmes/of/<slug:name>/entrants/<int:pk>/", programmes.issue, name="programme-issue"),
    path("programmes/of/<slug:name>/end/", programmes.end, name="programme-end"),
]
_HOUSE = [
    path("doors/", doors.ledger_page, name="ledger"),
    path("doors/items/", doors.items, name="ledger-items"),
    path("doors/items/<int:pk>/raw/", downloads.item_raw, name="ledger-raw"),
    path("doors/set-aside/", doors.quarantine, name="quarantine"),
    path("people/", people.people, name="people"),
    path("people/hire/", people.hire, name="hire"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/absence/", people.excuse, name="excuse"),
    path("people/absences/<int:pk>/end/", people.come_back, name="come-back"),
    path("people/<int:pk>/role/", people.change_role, name="change-role"),
    path("people/<int:pk>/leave/", people.leave, name="leave"),
    path("understood/", hearing.figures, name="understood"),
    path("understood/messages/", hearing.behind, name="understood-rows"),
    path("settings/", own_settings.settings, name="settings"),
    path("settings/theme/", own_settings.theme, name="theme"),
    path("settings/password/", own_settings.password, name="password"),
    path("sent/", sent.sent, name="sent"),
    path("sent/<str:name>/", sent.sent_mail, name="sent-mail"),
]
urlpatterns: list[URLPattern] = [*_SIGN_IN, *_CASES, *_REMEDIES, *_INCIDENTS, *_CODES, *_HOUSE]
