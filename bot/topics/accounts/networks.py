"""The social networks that an account can be on: what they are called, and how people speak of them."""

from collections.abc import Mapping

from msgspec import Struct


class Network(Struct, frozen=True):
    """A network. `end` closes the short names made for it; `words` surely mean it, `media` may just name a content."""

    id: str
    name: str
    end: str
    hosts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    media: tuple[str, ...] = ()


NETWORKS: Mapping[str, Network] = {
    one.id: one
    for one in (
        Network("x", "X", "x", ("x.com", "twitter.com"), ("x", "twitter"), ("tweet", "tweets", "tweeting")),
        Network("facebook", "Facebook", "fb", ("facebook.com", "fb.com", "fb.me"), ("facebook", "fb")),
        Network("youtube", "YouTube", "yt", ("youtube.com", "youtu.be"), ("youtube", "yt"), ("video", "videos")),
        Network("linkedin", "LinkedIn", "li", ("linkedin.com", "lnkd.in"), ("linkedin", "li")),
        Network(
            "flickr",
            "Flickr",
            "fl",
            ("flickr.com", "flic.kr"),
            ("flickr", "fl"),
            ("photo", "photos", "picture", "pictures", "photograph", "photographs"),
        ),
        Network("instagram", "Instagram", "ig", ("instagram.com",), ("instagram", "insta", "ig")),
        Network("bluesky", "Bluesky", "bsky", ("bsky.app", "bsky.social"), ("bluesky", "bsky")),
        Network("mastodon", "Mastodon", "masto", ("mastodon.social",), ("mastodon", "masto", "fediverse")),
        Network("threads", "Threads", "th", ("threads.net", "threads.com"), ("threads",)),
        Network("website", "a website", "web", (), ("website", "site", "webpage")),
        Network("blog", "a blog", "blog", (), ("blog",)),
        Network("other", "another network", "other"),
    )
}

WORDS: Mapping[str, str] = {word: one.id for one in NETWORKS.values() for word in (one.id, *one.words)}
"""A word that surely means a network → its id."""

MEDIA: Mapping[str, str] = {word: one.id for one in NETWORKS.values() for word in one.media}
"""A word for what is shown there → the id of the network that it suggests."""

HOSTS: Mapping[str, str] = {host: one.id for one in NETWORKS.values() for host in one.hosts}
"""A web address's host, without `www.` → the network's id."""


def network_of(text: str) -> str:
    """The id of the network that a person names ("Twitter" means x), or an empty string."""
    word = " ".join(text.split()).casefold().removeprefix("a ")
    return WORDS.get(word, "")


def shown_network(id: str) -> str:
    """The network's name in a sentence."""
    return NETWORKS[id].name if id in NETWORKS else id
