"""Views and commands that have no target of their own, and why. What is not named here is measured."""

from __future__ import annotations

from typing import Final

VIEWS: Final = {
    "smo_best:told": "it adds to counts, as smo_engagement:seen does",
    "smo_comments:claim": "it adopts what one browser has written, found by its mark",
    "smo_comments:confirm": "it changes one row, found by its id",
    "smo_comments:decide": "it does what the admin does to one comment",
    "smo_comments:edit": "its page is that of smo_comments:new",
    "smo_comments:sent": "it shows one comment, found by its id",
    "smo_core:metrics": "its figures are measured without the view",
    "smo_lock:file": "it gives one file",
    "smo_lock:shown": "it adds to counts, as smo_engagement:seen does",
    "smo_login:connect": "it leads to a network",
    "smo_login:leave": "it reads one account",
    "smo_login:password": "it reads one account",
    "smo_login:start": "it leads to a network",
    "smo_mail:unsubscribe": "it changes one row, found by its mark",
    "smo_meta:card_image": "it draws one picture",
    "smo_meta:preview": "it reads one page",
    "smo_meta:preview_colours": "it reads no table",
    "smo_notify:confirm": "it changes one row, found by its id",
    "smo_notify:device": "it writes one row",
    "smo_notify:end": "it changes one row, found by its id",
    "smo_notify:link": "it finds one row by its address",
    "smo_notify:manage": "its page is that of smo_notify:mine",
    "smo_notify:read": "it changes what one member has not read",
    "smo_notify:worker": "it reads no table",
    "smo_share:ask": "it reads no table",
    "smo_share:out": "its act is measured: a personal link is made",
    "smo_share:qr": "it reads no table",
    "smo_share:saved": "it reads no table",
    "smo_short:link": "it is smo_share:link at a short address",
}
COMMANDS: Final = {
    "smo_cards": "it draws the picture of every page, once after a change of templates",
    "smo_comments_export": "it writes every comment, once in a while",
    "smo_comments_import": "it reads a file, once",
    "smo_crawler_ranges": "it reads a file of each network",
    "smo_deliverability": "it asks name servers",
    "smo_leaks": "it reads every public page over again, as smo_audit does some",
    "smo_mail_bounces": "it reads what came back",
    "smo_person": "it is for one person, once",
    "smo_preview": "it reads one page",
    "smo_push_keys": "it makes keys, once",
    "smo_related_rebuild": "it reads the text of every page, once; benchmarks/related.py measures it",
    "smo_spam_eval": "it reads a file",
    "smo_spam_train": "it reads a file",
}
