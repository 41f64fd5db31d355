"""The demo's mails in the browser."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from smo_kit.mail import kinds
from smo_kit.mail.kinds import Kind, register_kind
from smo_kit.mail.letters import Letter
from smo_kit.mail.models import Mail
from smo_kit.mail.services import post

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(monkeypatch) -> Mail:
    monkeypatch.setattr(kinds, "_kinds", {})
    register_kind(Kind(id="news", label="News"))
    text = "<script>x</script> https://shareworthy.test/a"
    mail = post(Letter(to="ann@example.org", subject="A <b>", text=text, html="<p>Hi</p>", kind="news"))
    assert mail is not None
    return mail


def test_while_none_leaves_this_machine_everybody_reads_what_would_have_been_sent(client, mail):
    assert "A &lt;b&gt;" in client.get("/mail/").content.decode()
    page = client.get(f"/mail/{mail.pk}/")
    assert '<a href="https://shareworthy.test/a"' in page.content.decode()
    assert "<script>x" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_mail_in_html_may_run_and_fetch_nothing(client, mail):
    page = client.get(f"/mail/{mail.pk}/html/")
    assert page.content == b"<p>Hi</p>"
    assert page["Content-Security-Policy"].startswith("default-src 'none'")
    Mail.objects.update(html="")
    assert client.get(f"/mail/{mail.pk}/html/").status_code == 404


def test_where_mail_goes_out_or_strangers_come_in_it_is_for_staff(client, admin_client, mail, settings):
    settings.SMO_DEMO_SHOWS_MAIL = False
    for path in ("/mail/", f"/mail/{mail.pk}/", f"/mail/{mail.pk}/html/"):
        assert client.get(path).status_code == 302
        assert admin_client.get(path).status_code == 200


def test_the_worker_sends_what_is_due(mail):
    call_command("smo_send_mail")
    mail.refresh_from_db()
    assert mail.state == "sent"
