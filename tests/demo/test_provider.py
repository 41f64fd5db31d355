"""Signing in with the demo's own network, a real provider of OpenID Connect in another process."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from bs4 import BeautifulSoup
from django.contrib.auth.models import User

from demo_site.articles.seed import make_admin, prove_addresses
from demo_site.environment import ADMIN
from demo_site.provider.people import BY_ID, PEOPLE
from smo_kit.login.faults import Fault
from smo_kit.mail.models import Mail
from tests.demo.visiting import Network, Visitor, providers, running_network

NAME = "Demo network"
ARTICLE = "/en/articles/"


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with running_network(tmp_path_factory.mktemp("network")) as running:
        yield running


@pytest.fixture
def visitor(network, settings, pages) -> Visitor:
    settings.SOCIALACCOUNT_PROVIDERS = network.providers
    prove_addresses()
    return Visitor(network)


def sentence(fault: Fault) -> str:
    return str(fault.label) % {"name": NAME}


def told(response) -> str:
    """Return what the page says in its alert."""
    alert = BeautifulSoup(response.content, "html.parser").select_one("[role=alert]")
    return alert.get_text(strip=True) if alert else ""


def changed(address: str, **words: str) -> str:
    parts = urlsplit(address)
    return parts._replace(query=urlencode(parse_qs(parts.query) | words, doseq=True)).geturl()


def nobody_joined() -> bool:
    return not SocialAccount.objects.exists() and User.objects.count() == 1


def test_who_has_a_verified_address_is_in_at_once_and_where_he_was(visitor):
    response = visitor.sign_in("nina", then=ARTICLE)
    assert response.request["PATH_INFO"] == ARTICLE
    user = User.objects.get(pk=visitor.user_id)
    assert (user.get_full_name(), user.email) == ("Nina Lind", "nina.lind@example.com")
    assert EmailAddress.objects.get(user=user).verified


def test_who_comes_again_is_the_same_member(visitor, network):
    visitor.sign_in()
    again = Visitor(network)
    again.sign_in()
    assert again.user_id == visitor.user_id
    assert User.objects.count() == 2


def test_who_denies_is_told_and_nobody_joins(visitor):
    response = visitor.sign_in(answer="cancel", then=ARTICLE)
    assert told(response) == sentence(Fault.DENIED)
    assert visitor.user_id == ""
    assert nobody_joined()


@pytest.mark.parametrize("state", ["forged", ""])
def test_a_wrong_state_signs_nobody_in(visitor, state):
    response = visitor.come_back(changed(visitor.callback(), state=state))
    assert told(response) == sentence(Fault.LOST)
    assert visitor.user_id == ""
    assert nobody_joined()


def test_an_answer_is_taken_once(visitor, network):
    callback = visitor.callback()
    visitor.come_back(callback)
    visitor.client.logout()
    assert told(visitor.come_back(callback)) == sentence(Fault.LOST)
    assert visitor.user_id == ""


def test_an_answer_for_one_browser_is_nothing_in_another(visitor, network):
    """Else somebody could sign others in to his own account, and read what they do there."""
    callback = visitor.callback("mallory")
    other = Visitor(network)
    assert told(other.come_back(callback)) == sentence(Fault.LOST)
    assert other.user_id == ""
    assert nobody_joined()


def test_a_wrong_code_is_told(visitor):
    response = visitor.come_back(changed(visitor.callback(), code="stale"))
    assert told(response) in {sentence(Fault.UNCLEAR), sentence(Fault.LOST)}
    assert nobody_joined()


def test_two_tabs_at_once_end_both_where_they_began(visitor):
    first, second = visitor.start("/en/articles/")["Location"], visitor.start("/ru/articles/")["Location"]
    question = visitor.asked_by_network(first, "nina")
    other_question = visitor.session.get(second)
    ends = []
    for page in (other_question, question):
        ends.append(visitor.come_back(visitor.press(page, action="grant", stay=True).headers["Location"]))
    assert [one.request["PATH_INFO"] for one in ends] == ["/ru/articles/", "/en/articles/"]
    assert User.objects.count() == 2


def test_who_has_no_verified_address_types_a_code_and_is_where_he_was(visitor):
    response = visitor.sign_in("boris", then=ARTICLE)
    assert visitor.user_id == ""
    assert "boris.yolkin@example.com" in response.text
    code = code_in(Mail.objects.get(to="boris.yolkin@example.com"))
    response = visitor.client.post(response.request["PATH_INFO"], {"code": code}, follow=True)
    assert response.request["PATH_INFO"] == ARTICLE
    user = User.objects.get(pk=visitor.user_id)
    assert user.get_full_name() == "Борис Ёлкин"


def test_what_is_said_on_the_way_is_in_the_language_of_the_page_where_it_began(visitor):
    response = visitor.sign_in("boris", then="/ru/articles/")
    assert BeautifulSoup(response.content, "html.parser").html["lang"] == "ru"
    assert Mail.objects.get(to="boris.yolkin@example.com").language == "ru"


def code_in(mail: Mail) -> str:
    return re.search(r"\b[A-Z0-9]{4,8}(?:-[A-Z0-9]{3,8})?\b(?=\s*$)", mail.text, re.MULTILINE)[0]


def test_who_names_the_address_of_another_becomes_nobody(visitor):
    admin = User.objects.get(username=ADMIN)
    response = visitor.sign_in("rita", then=ARTICLE)
    assert visitor.user_id == ""
    assert not SocialAccount.objects.filter(user=admin).exists()
    assert EmailAddress.objects.get(email=admin.email).user == admin
    assert response.status_code == 200


@pytest.fixture
def nina_takes_the_admins_address(network) -> Iterator[Callable[[], None]]:
    """Have one of the people change her address at the network."""
    begin = "from allauth.account.models import EmailAddress; all_of_them = EmailAddress.objects.all();"
    free = "all_of_them.filter(user__username='rita').delete();"
    take = "all_of_them.filter(user__username='nina').update(email='admin@example.org')"
    yield lambda: network.run(f"{begin} {free} {take}")
    end = "from demo_site.provider.setting_up import set_up; set_up()"
    network.run(f"{begin} all_of_them.delete(); {end}")


def test_an_address_that_changed_at_the_network_takes_nothing_over(visitor, network, nina_takes_the_admins_address):
    admin = User.objects.get(username=ADMIN)
    visitor.sign_in("nina")
    nina_takes_the_admins_address()
    again = Visitor(network)
    again.sign_in("nina")
    assert again.user_id in {visitor.user_id, ""}
    assert EmailAddress.objects.get(email=admin.email).user == admin
    assert not SocialAccount.objects.filter(user=admin).exists()


def test_who_gives_no_address_is_asked_for_one(visitor):
    response = visitor.sign_in("noor", then=ARTICLE)
    assert visitor.user_id == ""
    assert BeautifulSoup(response.content, "html.parser").select_one("input[name=email]")


def test_a_hostile_name_stays_text(visitor):
    response = visitor.sign_in("mallory", then="/smo/login/account/")
    assert "<script>alert" not in response.text
    assert visitor.user_id


@pytest.fixture
def closed() -> str:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}"


@pytest.fixture
def silent() -> Iterator[str]:
    """An address that takes calls and never answers."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield f"http://127.0.0.1:{one.getsockname()[1]}"


@pytest.mark.parametrize("kind", ["closed", "silent"])
def test_a_network_that_is_away_is_told_before_the_way(visitor, settings, request, kind):
    settings.SOCIALACCOUNT_PROVIDERS = providers(request.getfixturevalue(kind))
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.3
    response = visitor.come_back(visitor.start(ARTICLE)["Location"])
    assert told(response) == sentence(Fault.DOWN)
    assert response.context["then"] == ARTICLE


@pytest.mark.parametrize("kind", ["closed", "silent"])
def test_a_network_that_went_away_meanwhile_is_told(visitor, settings, request, kind):
    callback = visitor.callback(then=ARTICLE)
    settings.SOCIALACCOUNT_PROVIDERS = providers(request.getfixturevalue(kind))
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.3
    response = visitor.come_back(callback)
    assert told(response) == sentence(Fault.DOWN)
    assert nobody_joined()


def test_pages_of_the_network_load_nothing_from_elsewhere_and_keep_apart_from_the_magazine(visitor, network):
    question = visitor.asked_by_network(visitor.start()["Location"], "nina")
    for page in (requests.get(network.address, timeout=30), question):
        assert page.headers["Content-Security-Policy"].startswith(
            "default-src 'self'; img-src 'self' http://127.0.0.1:"
        )
        assert f"form-action 'self' {network.magazine}" in page.headers["Content-Security-Policy"]
        soup = BeautifulSoup(page.text, "html.parser")
        assert not soup.select("script, style, [style], [src^=http], link[href^=http]")
    assert {one.name for one in visitor.session.cookies} == {"provider_csrf", "provider_session"}


def test_the_network_can_be_asked_in_russian(network):
    page = requests.get(network.address, headers={"Accept-Language": "ru"}, timeout=30)
    assert page.headers["Content-Language"] == "ru"


def test_the_network_leads_nowhere_else(network):
    visitor = Visitor(network)
    page = visitor.session.get(network.address, params={"next": "https://evil.example/"})
    assert visitor.press(page, person="nina", stay=True).headers["Location"] == "/"


def test_somebody_else_can_be_chosen_on_the_way(visitor):
    question = visitor.asked_by_network(visitor.start()["Location"], "nina")
    link = BeautifulSoup(question.text, "html.parser").select_one("main a[href*=next]")
    choice = visitor.session.get(f"{visitor.network.address}{link['href']}")
    other = visitor.press(choice, person="mallory")
    visitor.come_back(visitor.press(other, action="grant", stay=True).headers["Location"])
    assert SocialAccount.objects.get().extra_data["userinfo"]["preferred_username"] == "mallory"


def test_a_page_that_is_older_than_a_choice_in_another_tab_is_shown_anew(visitor):
    address = visitor.start()["Location"]
    old, new = visitor.session.get(address), visitor.session.get(address)
    visitor.press(new, person="nina")
    again = visitor.press(old, person="mallory")
    assert BeautifulSoup(again.text, "html.parser").select("button[name=person]")
    assert BeautifulSoup(visitor.press(again, person="mallory").text, "html.parser").select("button[value=grant]")


def test_an_address_that_is_not_the_magazines_gets_no_answer(visitor):
    address = changed(visitor.start()["Location"], redirect_uri="https://evil.example/")
    answer = visitor.asked_by_network(address, "nina")
    assert not BeautifulSoup(answer.text, "html.parser").select("button[value=grant]")
    assert "begin again" in answer.text


def test_secrets_of_the_network_are_its_owners_alone(network):
    for name in ("provider_key.pem", "provider_secret_key", "client_secret"):
        assert (network.home / name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("person", [one for one in PEOPLE if one.has_picture], ids=lambda one: one.id)
def test_the_network_has_pictures(network, person):
    answer = requests.get(f"{network.address}/people/{person.id}.png", timeout=30)
    assert answer.content.startswith(b"\x89PNG")
    assert len(answer.content) < 10_000


def test_people_differ_in_what_can_be_tried():
    assert BY_ID["rita"].email == f"{ADMIN}@example.org"
    assert sum(not one.email for one in PEOPLE) == 1
    assert len({one.email for one in PEOPLE}) == len(PEOPLE)


def test_addresses_of_the_magazines_accounts_are_proved_once(db):
    make_admin()
    prove_addresses()
    prove_addresses()
    assert list(EmailAddress.objects.values_list("email", "verified")) == [(f"{ADMIN}@example.org", True)]
