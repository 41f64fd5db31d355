"""Networks that have died, and when. Readers lose nothing when their buttons go."""

import datetime as dt

from smo_kit.networks.network import DeadNetwork

DEAD = (
    DeadNetwork(
        "addthis",
        "AddThis",
        dt.date(2023, 5, 31),
        "Oracle ended every AddThis service; its script now loads nothing.",
        parts=("s7.addthis.com/", "addthis.com/"),
    ),
    DeadNetwork(
        "delicious",
        "Delicious",
        dt.date(2017, 6, 15),
        "Read-only since that day: nothing new can be saved.",
        parts=("del.icio.us/", "delicious.com/"),
    ),
    DeadNetwork(
        "digg",
        "Digg",
        dt.date(2012, 7, 31),
        "The Digg that took links from buttons ended with its sale; later sites of the name have no such address.",
        parts=("digg.com/submit",),
    ),
    DeadNetwork(
        "facebook_like",
        "Facebook Like button and Comments",
        dt.date(2026, 2, 10),
        "Both plug-ins are an empty pixel since then; the share address of Facebook lives.",
        parts=("facebook.com/plugins/like.php", "facebook.com/plugins/comments.php"),
    ),
    DeadNetwork(
        "facebook_like_box",
        "Facebook Like Box",
        dt.date(2015, 6, 23),
        "Became the Page plug-in.",
        parts=("facebook.com/plugins/likebox.php",),
    ),
    DeadNetwork("flattr", "Flattr", dt.date(2024, 1, 8), parts=("flattr.com/", "button.flattr.com/")),
    DeadNetwork(
        "googleplus",
        "Google+",
        dt.date(2019, 4, 2),
        parts=("plus.google.com/", "apis.google.com/js/plusone.js"),
    ),
    DeadNetwork("icq", "ICQ", dt.date(2024, 6, 26)),
    DeadNetwork("pocket", "Pocket", dt.date(2025, 7, 8), "Its API went in October 2025.", parts=("getpocket.com/",)),
    DeadNetwork("skype", "Skype", dt.date(2025, 5, 5), "Microsoft Teams took its place."),
    DeadNetwork(
        "stumbleupon",
        "StumbleUpon",
        dt.date(2018, 6, 30),
        "Accounts went to Mix, whose share address no longer works either (the day is not known).",
        parts=("stumbleupon.com/",),
    ),
    DeadNetwork("surfingbird", "Surfingbird", dt.date(2019, 7, 16), parts=("surfingbird.ru/",)),
    DeadNetwork("tamtam", "TamTam", dt.date(2026, 2, 27), "VK moved its people to MAX."),
)
