"""Files that are not what they say: two kinds in one, with a script in them, or far larger than they look."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin

SCRIPT = b"<script>alert('from a file')</script>"
MARKS = (b"<script", b"alert(", b"PK\x03\x04", b"%PDF", b"Exif", b"GPS", b"xmpmeta", b"Ada's camera")
"""What must be in nothing that is made of them."""
GPS = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)}


def picture(kind: str, size: tuple[int, int] = (640, 400), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def with_place(kind: str = "JPEG", size: tuple[int, int] = (1200, 630)) -> bytes:
    """Return a picture that says where and by what it was taken."""
    tags = Image.Exif()
    tags[0x0110] = "Ada's camera"
    tags.get_ifd(0x8825).update(GPS)
    return picture(kind, size, exif=tags)


def with_place_in_xmp(size: tuple[int, int] = (1200, 630)) -> bytes:
    return picture("JPEG", size, xmp=b"<x:xmpmeta><rdf:Description exif:GPSLatitude='52,31N'/></x:xmpmeta>")


def with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", SCRIPT.decode())
    words.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>Ada's camera</x:xmpmeta>")
    return picture("PNG", pnginfo=words)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *more: bytes) -> bytes:
    """Return a PNG that claims a size and weighs nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(more) + body + chunk(b"IEND", b"")


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../evil.html", SCRIPT)
    return out.getvalue()


BOMB = zlib.compress(b"\0" * 80_000_000, 9)
TWO_IN_ONE = {
    "a GIF that is a script": picture("GIF") + b"*/=1;alert(1)//",
    "a PNG with a page behind it": picture("PNG") + SCRIPT,
    "a JPEG with a page in its comment": picture("JPEG", comment=SCRIPT),
    "a PNG with a page in its words": with_words(),
    "a WebP with a page behind it": picture("WEBP") + SCRIPT,
    "a PNG with an archive behind it": picture("PNG") + zipped(),
    "a JPEG with a PDF behind it": picture("JPEG") + b"%PDF-1.7 /JS (alert(1))",
    "a JPEG with a place": with_place(),
    "a JPEG with a place in XMP": with_place_in_xmp(),
    "a PNG with a place": with_place("PNG"),
    "a WebP with a place": with_place("WEBP"),
}
NO_PICTURES = {
    "an SVG": b'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400">' + SCRIPT + b"</svg>",
    "an SVG after a GIF's mark": b"GIF89a<svg>" + SCRIPT + b"</svg>",
    "a page": b"<!doctype html>" + SCRIPT,
    "a PDF": b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(alert(1))>>>>",
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 400 400\n(x) run\n%%EOF",
    "TIFF": picture("TIFF"),
    "BMP": picture("BMP"),
    "an icon": picture("ICO", (64, 64)),
    "an archive": zipped(),
    "nothing": b"",
    "zeros": b"\0" * 5000,
    "half a JPEG": picture("JPEG", (2000, 1500))[:400],
    "half a PNG": picture("PNG")[:60],
    "more pixels than there are": png(60_000, 60_000),
    "one long line": png(2_000_000_000, 200),
    "no pixels": png(0, 0),
    "a profile that is a bomb": png(640, 400, chunk(b"iCCP", b"a\0\0" + BOMB)),
    "words that are a bomb": png(640, 400, chunk(b"zTXt", b"a\0\0" + BOMB)),
    "words in letters that are a bomb": png(640, 400, chunk(b"iTXt", b"a\0\1\0\0\0" + BOMB)),
}
