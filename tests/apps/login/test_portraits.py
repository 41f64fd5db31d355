"""Members' pictures: made small and bare, fetched from networks, and never against the member's own choice."""

from __future__ import annotations

import io
import logging
import struct
import zlib

import pytest
from allauth.account.signals import user_signed_up
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.signals import social_account_added, social_account_updated
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageCms

from smo_kit.core.http import Answer, Refused
from smo_kit.core.members import faces_of
from smo_kit.login import portraits
from smo_kit.login.models import Portrait
from smo_kit.login.pictures import HEAVIEST, LARGEST_FILE, Unusable, portrait_of
from smo_kit.login.portraits import fetch_portrait, picture_address, show_none, show_that_of, upload
from tests.apps.engagement.threads import side_by_side

PHOTO = "https://pictures.example/ada.jpg"


def encoded(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def red(size=(400, 300), mode="RGB") -> Image.Image:
    return Image.new(mode, size, "red")


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def near(pixel, wanted, most=12) -> bool:
    return max(abs(a - b) for a, b in zip(pixel, wanted, strict=True)) <= most


def png_of(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and weighs nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.fixture
def ada(db):
    return get_user_model().objects.create_user("ada", "ada@example.org", "pw")


@pytest.fixture
def account(ada):
    return SocialAccount.objects.create(user=ada, provider="github", uid="1", extra_data={"avatar_url": PHOTO})


@pytest.fixture
def web(monkeypatch):
    """The outside: what stands at each address; notes what was asked for."""

    class Web(dict):
        asked: list[str] = []

        def fetch(self, url, **how):
            self.asked.append(url)
            found = self.get(url, b"")
            if isinstance(found, Exception):
                raise found
            return Answer(url, 200 if found else 404, {}, found[: how["size"]], len(found) > how["size"])

    web = Web({PHOTO: encoded(red())})
    web.asked = []
    monkeypatch.setattr(portraits, "fetch", web.fetch)
    return web


def file_of(user) -> bytes:
    with default_storage.open(str(Portrait.objects.get(user=user).file)) as file:
        return file.read()


class TestMaking:
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
    def test_every_usual_kind_becomes_a_small_square(self, kind):
        made = opened(portrait_of(encoded(red(), kind)))

        assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (160, 160))
        assert near(made.getpixel((80, 80)), (254, 0, 0))

    def test_it_carries_nothing_along(self):
        exif = Image.Exif()
        exif[0x8825], exif[0x010E] = {1: "N"}, "At home, 59 N"
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

        made = portrait_of(encoded(red(), exif=exif, icc_profile=profile, comment=b"secret"))

        assert not {"exif", "icc_profile", "comment"} & set(opened(made).info)
        assert b"At home" not in made
        assert b"secret" not in made

    def test_it_stands_upright_as_its_camera_was_held(self):
        lying = Image.new("RGB", (400, 400), "blue")
        lying.paste("red", (0, 0, 200, 400))  # turned by 90° its left is the top
        exif = Image.Exif()
        exif[0x0112] = 6

        made = opened(portrait_of(encoded(lying, exif=exif)))

        assert near(made.getpixel((80, 20)), (254, 0, 0))
        assert near(made.getpixel((80, 140)), (0, 0, 254))

    def test_paper_shows_through(self):
        assert near(opened(portrait_of(encoded(Image.new("RGBA", (99, 99)), "PNG"))).getpixel((9, 9)), (255, 255, 255))

    def test_sixteen_bits_are_not_clipped_to_white(self):
        grey = Image.new("I;16", (200, 200), 0x4000)

        assert near(opened(portrait_of(encoded(grey, "PNG"))).getpixel((9, 9)), (64, 64, 64))

    def test_cmyk(self):
        made = opened(portrait_of(encoded(Image.new("CMYK", (200, 200), (0, 255, 255, 0)))))

        assert near(made.getpixel((9, 9)), (254, 0, 0), 40)

    @pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
    def test_of_what_moves_the_first_picture_is_taken(self, kind):
        moving = encoded(red(), kind, save_all=True, append_images=[Image.new("RGB", (400, 300), "blue")])

        assert near(opened(portrait_of(moving)).getpixel((80, 80)), (254, 0, 0))

    def test_noise_is_not_heavy(self):
        noise = Image.effect_noise((160, 160), 200).convert("RGB")

        assert len(portrait_of(encoded(noise, "PNG"))) <= HEAVIEST

    def test_a_small_one_is_not_blown_up(self):
        assert opened(portrait_of(encoded(red((48, 40))))).size == (40, 40)

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"<!doctype html><script>alert(1)</script>",
            b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
            b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n",
            encoded(red())[:600],
            encoded(red(), "PNG")[:60],
            encoded(red((16, 16))),
            encoded(red(), "BMP"),
            encoded(red(), "TIFF"),
            png_of(30_000, 30_000),
            png_of(10_000, 3_000),
            png_of(1_000, 1_000),
            b"\xff" * (LARGEST_FILE + 1),
        ],
        ids=[
            *("nothing", "html", "svg", "postscript", "short jpeg", "short png", "tiny", "bmp", "tiff"),
            *("bomb", "many pixels", "no pixels", "heavy"),
        ],
    )
    def test_what_is_no_picture_or_a_trap_is_refused(self, data):
        with pytest.raises(Unusable):
            portrait_of(data)


class TestFetching:
    @pytest.mark.parametrize("signal", [social_account_added, social_account_updated, user_signed_up])
    def test_who_comes_in_by_a_network_is_shown_by_its_picture_from_here(
        self, signal, ada, account, web, rf, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            signal.send(sender=SocialLogin, request=rf.get("/"), user=ada, sociallogin=SocialLogin(account=account))

        address = faces_of([ada.pk])[ada.pk]
        assert address.startswith("/media/smo/portraits/")
        assert len(address.rpartition("/")[2]) == 32 + len(".jpg")
        assert opened(file_of(ada)).size == (160, 160)

    def test_the_faces_of_many_cost_one_query(self, ada, account, web, django_assert_num_queries):
        others = [get_user_model().objects.create_user(f"u{number}") for number in range(5)]
        fetch_portrait.func(account.pk)
        for one in others[:3]:
            upload(one, encoded(red()))
        show_none(others[3])

        with django_assert_num_queries(1):
            found = faces_of([ada.pk, *(one.pk for one in others)])

        assert set(found) == {ada.pk, *(one.pk for one in others[:3])}

    def test_it_is_not_fetched_again_until_its_address_changes(self, ada, account, web):
        fetch_portrait.func(account.pk)
        before = Portrait.objects.get(user=ada).file
        assert fetch_portrait.func(account.pk)
        assert web.asked == [PHOTO]
        newer = f"{PHOTO}?2"
        web[newer] = encoded(Image.new("RGB", (90, 90), "blue"))
        SocialAccount.objects.filter(pk=account.pk).update(extra_data={"avatar_url": newer})

        with transaction.atomic():
            assert fetch_portrait.func(account.pk)

        assert near(opened(file_of(ada)).getpixel((9, 9)), (0, 0, 254))
        assert Portrait.objects.get(user=ada).file != before

    def test_the_file_before_is_deleted_when_the_new_one_has_come_true(
        self, ada, account, web, django_capture_on_commit_callbacks
    ):
        fetch_portrait.func(account.pk)
        before = str(Portrait.objects.get(user=ada).file)

        with django_capture_on_commit_callbacks(execute=True):
            show_none(ada)
            assert default_storage.exists(before)

        assert not default_storage.exists(before)

    @pytest.mark.parametrize(
        "outside",
        [
            b"",
            b"<html>",
            encoded(red())[:500],
            b"x" * (portraits.SIZE + 1),
            Refused("it is not on the public internet"),
        ],
        ids=["404", "html", "cut", "large", "refused"],
    )
    def test_what_fails_is_logged_and_changes_nothing(self, ada, account, web, caplog, outside):
        web[PHOTO] = outside
        upload_before = list(Portrait.objects.values())

        with caplog.at_level(logging.WARNING):
            assert not fetch_portrait.func(account.pk)

        assert "can't be used" in caplog.text
        assert PHOTO not in caplog.text
        assert list(Portrait.objects.values()) == upload_before

    def test_a_storage_that_is_away_is_logged_and_changes_nothing(self, account, web, monkeypatch, caplog):
        def save(*args):
            raise OSError("away")

        monkeypatch.setattr(default_storage, "save", save)

        assert not fetch_portrait.func(account.pk)

        assert "can't be used: it can't be stored (OSError)" in caplog.text
        assert not Portrait.objects.exists()

    @pytest.mark.parametrize("is_deleted", [True, False], ids=["deleted", "not even that"])
    def test_a_row_that_cant_be_written_leaves_no_file(self, ada, monkeypatch, is_deleted):
        gone = []

        def write(*args, **kwargs):
            raise RuntimeError("the database is away")

        def delete(name):
            gone.append(name)
            if not is_deleted:
                raise OSError("away")

        monkeypatch.setattr(portraits, "_write", write)
        monkeypatch.setattr(default_storage, "delete", delete)

        with pytest.raises(RuntimeError, match="the database is away"):
            upload(ada, encoded(red()))

        assert [default_storage.exists(name) for name in gone] == [True]

    def test_a_picture_that_fails_later_leaves_the_one_before(self, ada, account, web):
        fetch_portrait.func(account.pk)
        SocialAccount.objects.filter(pk=account.pk).update(extra_data={"avatar_url": "https://pictures.example/gone"})

        assert not fetch_portrait.func(account.pk)

        assert ada.pk in faces_of([ada.pk])

    def test_no_address_of_the_sites_own_network_is_asked(self, ada, account, caplog):
        SocialAccount.objects.filter(pk=account.pk).update(extra_data={"avatar_url": "https://127.0.0.1/x.jpg"})

        with caplog.at_level(logging.WARNING):
            assert not fetch_portrait.func(account.pk)

        assert "not on the public internet" in caplog.text

    def test_an_own_picture_and_none_are_never_overwritten(self, ada, account, web):
        upload(ada, encoded(Image.new("RGB", (90, 90), "blue")))
        assert not fetch_portrait.func(account.pk)
        assert near(opened(file_of(ada)).getpixel((9, 9)), (0, 0, 254))

        show_none(ada)
        assert not fetch_portrait.func(account.pk)
        assert faces_of([ada.pk]) == {}
        assert web.asked == []

    def test_a_choice_that_is_made_while_it_is_fetched_stays(self, ada, account, web, monkeypatch):
        def meanwhile(url, **how):
            show_none(ada)
            return web.fetch(url, **how)

        monkeypatch.setattr(portraits, "fetch", meanwhile)
        before = (
            set(default_storage.listdir(portraits.FOLDER)[1]) if default_storage.exists(portraits.FOLDER) else set()
        )

        assert not fetch_portrait.func(account.pk)

        assert faces_of([ada.pk]) == {}
        assert set(default_storage.listdir(portraits.FOLDER)[1]) == before, "no file is left that nobody has"

    def test_another_networks_picture_comes_only_when_it_is_asked_for(
        self, ada, account, web, django_capture_on_commit_callbacks
    ):
        other_photo = "https://pictures.example/other.jpg"
        web[other_photo] = encoded(Image.new("RGB", (90, 90), "blue"))
        other = SocialAccount.objects.create(user=ada, provider="google", uid="2", extra_data={"picture": other_photo})
        fetch_portrait.func(account.pk)
        assert not fetch_portrait.func(other.pk)

        with django_capture_on_commit_callbacks(execute=True):
            show_that_of(other)

        assert near(opened(file_of(ada)).getpixel((9, 9)), (0, 0, 254))

    def test_it_goes_with_its_account_at_the_network_and_with_the_member(
        self, ada, account, web, django_capture_on_commit_callbacks
    ):
        fetch_portrait.func(account.pk)
        file = str(Portrait.objects.get(user=ada).file)

        with django_capture_on_commit_callbacks(execute=True):
            account.delete()

        assert not Portrait.objects.exists()
        assert not default_storage.exists(file)

    def test_an_account_that_is_gone_meanwhile_is_no_error(self, account, web):
        pk = account.pk
        account.delete()

        assert not fetch_portrait.func(pk)

    @pytest.mark.parametrize(
        ("provider", "data"),
        [
            ("demo", {"userinfo": {"picture": PHOTO}}),
            ("demo", {"id_token": {"picture": PHOTO}}),
            ("vk", {"avatar": PHOTO}),
            ("telegram", {"photo_url": PHOTO}),
            ("nobody-knows-it", {"user": {"avatar_url": PHOTO}}),
        ],
        ids=["userinfo", "id token", "avatar", "photo_url", "gone provider"],
    )
    def test_where_networks_say_it(self, db, provider, data):
        assert picture_address(SocialAccount(provider=provider, uid="1", extra_data=data)) == PHOTO

    @pytest.mark.parametrize(
        "data",
        [
            {},
            [],
            None,
            {"avatar_url": None},
            {"avatar_url": 7},
            {"picture": {"data": 1}},
            {"avatar_url": "javascript:x"},
        ],
        ids=repr,
    )
    def test_who_says_none_or_nonsense_has_none(self, db, data):
        assert picture_address(SocialAccount(provider="github", uid="1", extra_data=data)) == ""


@pytest.mark.django_db(transaction=True)
def test_two_pictures_at_once_leave_one_row_and_one_file():
    bob = get_user_model().objects.create_user("bob")
    before = set(default_storage.listdir(portraits.FOLDER)[1]) if default_storage.exists(portraits.FOLDER) else set()

    side_by_side(lambda which: upload(bob, encoded(red())), 4)

    (row,) = Portrait.objects.filter(user=bob)
    assert set(default_storage.listdir(portraits.FOLDER)[1]) - before == {str(row.file).rpartition("/")[2]}
