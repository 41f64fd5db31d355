"""GitHub, to be followed: a person, an organization or one repository."""

from smo_kit.networks.network import Follow, Network

GITHUB = Network(
    id="github",
    name="GitHub",
    colour="#24292f",
    hosts=("github.com",),
    follow=Follow(
        "https://github.com/{handle}",
        handle=r"(?a)[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}(?:/\w[\w.-]{0,99})?",
        example="django/django",
    ),
    login="github",
)
