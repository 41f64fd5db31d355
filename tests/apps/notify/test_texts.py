"""What stands in a mail, and above it."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.translation import override

from smo_kit.comments.discussions import discussion_of
from smo_kit.notify.excerpts import LENGTH
from smo_kit.notify.models import Delivery
from smo_kit.notify.services import follow
from smo_kit.notify.thread_headers import list_id
from tests.blog.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def https(settings):
    core = {"base_url": "https://magazine.test", "site_name": "Magazine"}
    settings.SMO_KIT = settings.SMO_KIT | {"CORE": core, "SPAM": {"rules": ()}}


@pytest.fixture
def sent(deliver):
    """Deliver, and return the one mail as a mail program reads it."""

    def sent() -> EmailMessage:
        (mail,) = deliver()
        return message_from_bytes(mail.message().as_bytes(), policy=policy.default)  # type: ignore[return-value]

    return sent


def text_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def html_of(mail: EmailMessage) -> BeautifulSoup:
    return BeautifulSoup(mail.get_body(("html",)).get_content(), "html.parser")


class TestText:
    def test_a_comment_is_quoted(self, reader, say, ada, sent):
        reader()
        say(ada, "One.\n\n-- \nUnsubscribe: https://elsewhere.example/")
        text = text_of(sent())
        assert "Ada:\n\n> One.\n>\n> --\n> Unsubscribe: https://elsewhere.example/\n" in text

    def test_a_long_one_is_cut_and_read_on_the_site(self, reader, say, ada, sent):
        reader()
        entry = say(ada, "Stone by *stone*. " * 200 + "At the end.")
        mail = sent()
        assert f"Read on and answer: https://magazine.test/smo/comments/{entry.pk}/" in text_of(mail)
        assert "At the end." not in text_of(mail)
        html = html_of(mail)
        quote = html.find("blockquote")
        assert LENGTH * 0.9 < len(quote.text) <= LENGTH + 1
        assert len(quote.find_all("em")) > 10
        assert html.find("a", string="Read on and answer")

    def test_no_word_is_cut(self, reader, say, ada, sent):
        reader()
        say(ada, "Long **sentences-of-stones** " * 120)
        words = set(html_of(sent()).find("blockquote").text.rstrip("…").split())
        assert words == {"Long", "sentences-of-stones"}

    def test_the_plain_text_names_the_page(self, reader, say, ada, sent):
        reader()
        say(ada)
        assert text_of(sent()).startswith("Bridges of stone\nhttps://magazine.test/posts/bridges/\n\nAda:\n")

    def test_a_short_one_is_whole(self, reader, say, ada, sent):
        reader()
        say(ada)
        assert "Read it and answer:" in text_of(sent())

    def test_links_of_a_comment_are_full(self, reader, say, ada, bob, sent):
        reader()
        say(ada)
        say(bob, "As @Ada says: [here](/towers/), [there](#top) and https://elsewhere.example/?a=1&b=2.")
        links = [link["href"] for link in html_of(sent()).find_all("a")]
        assert "https://magazine.test/towers/" in links
        assert "https://elsewhere.example/?a=1&b=2" in links
        assert all(link.startswith("https://") for link in links if link)

    def test_markup_and_names_are_nothing_but_letters(self, reader, say, sent):
        reader()
        words = {"name": "<b>Free</b> money", "email": "guest@example.org"}
        say(text="<script>x</script> <img src=//e.example/a.png> <a href='javascript:x'>y</a>", **words)
        html = html_of(sent())
        assert not html.find(["script", "img", "link", "iframe"])
        assert "<b>Free</b> money" in html.text

    @pytest.mark.parametrize("words", ["שלום עולם", "مرحبا بالعالم", "Ура 🎉👩‍👩‍👧‍👦", "日本語のコメント"])
    def test_every_script_arrives(self, reader, say, ada, sent, words):
        reader()
        say(ada, f"{words} — {words}")
        mail = sent()
        assert words in text_of(mail)
        quote = html_of(mail).find("blockquote")
        assert quote["dir"] == "auto"
        assert words in quote.text

    def test_the_reader_is_spoken_to_in_his_language(self, reader, say, ada, sent):
        reader(language="ru")
        say(ada)
        mail = sent()
        with override("ru"):
            assert mail["Content-Language"] == "ru"
        assert html_of(mail).html["lang"] == "ru"
        assert "Отписаться" in text_of(mail)

    def test_what_does_not_fit_is_counted(self, settings, reader, say, ada, sent):
        settings.SMO_KIT = settings.SMO_KIT | {"NOTIFY": {"digest_items": 2}}
        reader()
        for number in range(4):
            say(ada, f"The third arch is the oldest one, number {number}.")
        assert "… and 2 more comments." in text_of(sent())

    def test_a_page_that_is_gone_is_not_in_a_digest(self, article, reader, say, ada, deliver):
        tower = Post.objects.create(slug="towers", title="Towers of wood")
        one = reader(frequency="daily")
        follow(one, discussion_of(tower))
        say(ada, "Of oak.", on=tower)
        say(ada)
        tower.delete()
        (mail,) = deliver(hours=25)
        assert mail.subject == "Re: Bridges of stone"
        assert f"<discussion.{discussion_of(article).pk}@magazine.test>" in mail.extra_headers["References"]


class TestHeaders:
    def test_they_say_what_programs_need(self, reader, say, ada, sent, discussion):
        reader()
        entry = say(ada)
        mail = sent()
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["Precedence"] == "bulk"
        assert mail["X-SMO-Reason"] == "notify"
        assert mail["List-Id"] == f'"Bridges of stone" <discussion-{discussion.pk}.comments.magazine.test>'
        assert mail["List-Archive"] == "<https://magazine.test/posts/bridges/>"
        assert re.fullmatch(r"<https://magazine\.test/\S+/notify/end/\S+>", mail["List-Unsubscribe"].strip())
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert re.fullmatch(rf"<comment\.{entry.pk}\.[0-9a-f]{{16}}@magazine\.test>", mail["Message-ID"])
        thread = f"<discussion.{discussion.pk}@magazine.test>"
        assert mail["In-Reply-To"] == mail["References"] == thread

    def test_an_answer_names_the_mail_that_told_what_it_answers(self, reader, say, ada, bob, sent):
        reader()
        question = say(ada)
        say(bob, "And the second?")
        first = sent()
        say(bob, "It is the second one.", reply_to=question)
        second = sent()
        assert second["In-Reply-To"] == first["Message-ID"]
        assert second["References"].split() == [first["References"], first["Message-ID"]]
        assert second["Message-ID"] != first["Message-ID"]

    def test_the_message_id_of_one_mail_tells_nothing_of_the_next(self, reader, say, ada, sent):
        reader()
        marks = set()
        for text in ("The first arch.", "The second arch."):
            say(ada, text)
            marks.add(sent()["Message-ID"].split(".")[2])
        assert len(marks) == 2

    def test_two_readers_have_mails_of_their_own(self, reader, say, ada, deliver):
        reader("one")
        reader("two")
        say(ada)
        assert len({mail.extra_headers["Message-ID"] for mail in deliver()}) == 2

    def test_a_digest_of_several_pages_is_no_thread(self, reader, say, ada, deliver):
        one = reader(frequency="daily")
        tower = Post.objects.create(slug="towers", title="Towers of wood")
        follow(one, discussion_of(tower))
        say(ada)
        say(ada, "Of oak.", on=tower)
        (mail,) = deliver(hours=25)
        assert not {"References", "In-Reply-To"} & set(mail.extra_headers)
        assert mail.extra_headers["List-Id"] == '"New comments" <digest.comments.magazine.test>'
        assert "List-Unsubscribe" in mail.extra_headers

    @pytest.mark.parametrize(
        "title",
        [
            'The "best" bridges \\ of stone',
            "Bridges\r\nBcc: eve@example.org",
            "Мосты из камня, которые стоят уже тысячу лет и ещё простоят, если их не трогать, " * 2,
            "Bridges 🌉 of <b>stone</b>, (and) wood; @all",
            "橋" * 200,
            "גשרים",
        ],
    )
    def test_any_title_is_a_header(self, article, reader, say, ada, deliver, title):
        article.title = title
        article.save()
        reader()
        say(ada)
        (mail,) = deliver()
        raw = mail.message().as_bytes()
        raw.partition(b"\n\n")[0].decode("ascii")
        read = message_from_bytes(raw, policy=policy.default)
        assert "Bcc" not in read
        assert re.search(r"<discussion-\d+\.comments\.magazine\.test>$", read["List-Id"])
        assert read["Subject"].strip().startswith("Re: ")
        assert len(read["List-Id"]) < 200

    def test_a_title_comes_back_as_it_was(self):
        made = list_id("Мосты из камня", 7, "журнал.рф")
        assert made.isascii()
        assert all(len(word) <= 75 for word in made.split())
        read = message_from_bytes(f"List-Id: {made}\n\n".encode(), policy=policy.default)["List-Id"]
        assert read == "Мосты из камня <discussion-7.comments.xn--80alqgor.xn--p1ai>"


def test_many_mails_of_a_comment_take_no_more_queries(reader, say, ada, deliver, django_assert_max_num_queries):
    for number in range(12):
        reader(f"r{number}")
    say(ada)
    deliver(hours=0)
    Delivery.objects.update(due=timezone.now())
    with django_assert_max_num_queries(120):
        assert len(deliver()) == 12
