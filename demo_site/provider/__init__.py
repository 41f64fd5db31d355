"""The demo's own network: an identity provider in a process of its own, to try sign-in without any key."""
