"""The web client, against a real server that misbehaves on demand."""

from __future__ import annotations

import gzip
import socket
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from authority import Authority
from web_server import Reply, Web, running

from tracker.errors import FetchFailed
from tracker.fetch import FetchOptions, addresses, load_options
from tracker.fetch.http import Reply as Answer
from tracker.fetch.http import WebClient

pytestmark = pytest.mark.xdist_group("web")
PAGE = "<html><body><p>가온로봇이 30억원을 유치했다.</p></body></html>".encode()


@pytest.fixture(scope="module")
def server() -> Iterator[Web]:
    with running() as web:
        yield web


@pytest.fixture
def web(server: Web) -> Web:
    server.forget()
    return server


OPTIONS = load_options({}, backoff=0.01, timeout=3.0, deadline=4.0, max_bytes=1_000_000)


def get(url: str, options: FetchOptions = OPTIONS, **conditions: str) -> Answer:
    client = WebClient(url, options)
    try:
        return client.get(url, **conditions)
    finally:
        client.close()


def failure(url: str, options: FetchOptions = OPTIONS) -> str:
    with pytest.raises(FetchFailed) as caught:
        get(url, options)
    assert "\n" not in str(caught.value)
    return caught.value.reason


def test_a_page(web: Web) -> None:
    url = web.serve("/a", Reply(PAGE, headers={"Content-Type": "text/html; charset=euc-kr"}))
    answer = get(url)
    assert (answer.body, answer.url, answer.media_type, answer.charset) == (
        PAGE,
        url,
        "text/html",
        "euc-kr",
    )
    (asked,) = web.requests("/a")
    assert asked["headers"]["user-agent"].startswith("startup-funding-tracker/")
    assert "(+https://" in asked["headers"]["user-agent"]
    assert "cookie" not in asked["headers"]


def test_the_contact_is_the_users(web: Web) -> None:
    get(web.serve("/a", Reply(PAGE)), load_options({"TRACKER_CONTACT": "mailto:me@mine.example"}))
    assert "(+mailto:me@mine.example)" in web.requests("/a")[0]["headers"]["user-agent"]


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:])),
        ("gzip", gzip.compress(PAGE) + b"\0\0trailing"),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("identity", PAGE),
        ("", PAGE),
    ],
    # A packed body holds the second it was packed in: as a test's name it would differ by worker.
    ids=["gzip", "x-gzip", "two", "trailing", "zlib", "deflate", "identity", "none"],
)
def test_packed_bodies(web: Web, encoding: str, body: bytes) -> None:
    headers = {"Content-Encoding": encoding} if encoding else {}
    assert get(web.serve("/a", Reply(body, headers=headers))).body == PAGE


BOMB = gzip.compress(b"\0" * 30_000_000)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"x" * 1_100_000), "too large"),
        (Reply(b"x" * 1_100_000, length=False), "too large"),
        (Reply(b"x" * 60_000, endless=True), "too large"),
        (Reply(BOMB, headers={"Content-Encoding": "gzip"}), "too large"),
        (Reply(gzip.compress(BOMB), headers={"Content-Encoding": "gzip, gzip"}), "not asked for"),
        (Reply(PAGE, headers={"Content-Encoding": "br"}), "not asked for"),
        (Reply(gzip.compress(PAGE)[:-9], headers={"Content-Encoding": "gzip"}), "too early"),
        (Reply(b"no gzip", headers={"Content-Encoding": "gzip"}), "does not unpack"),
        (Reply(PAGE, cut_after=10), "broke off"),
        (Reply(status=401), "login"),
        (Reply(status=403), "refuses"),
        (Reply(status=404), "no such page"),
        (Reply(status=410), "gone for good"),
        (Reply(status=418), "418"),
        (Reply(status=500), "500 (tried 4 times)"),
        (Reply(status=204), "204"),
        (Reply(status=304), "304"),
        (Reply(status=302), "302"),
        (Reply(status=302, headers={"Location": "http://["}), "is not known"),
        (Reply(status=302, headers={"Location": "ftp://example.com/"}), "not on the web"),
        (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "not on the web"),
    ],
)
def test_refusals(web: Web, reply: Reply, said: str) -> None:
    assert said in failure(web.serve("/a", reply))


def test_a_dripping_server_meets_the_deadline(web: Web) -> None:
    options = load_options({}, timeout=2.0, deadline=0.5, retries=0)
    for reply in (Reply(PAGE, drip=0.05), Reply(PAGE, silent=10)):
        assert "not done" in failure(web.serve("/a", reply), options)


def test_a_silent_server(web: Web) -> None:
    options = load_options({}, timeout=0.3, retries=1, backoff=0.01)
    assert failure(web.serve("/a", Reply(silent=5)), options) == (
        "no answer for 0.3 s (tried 2 times)"
    )
    assert len(web.requests("/a")) == 2


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again(web: Web, status: int) -> None:
    url = web.serve("/a", Reply(status=status), Reply(PAGE, cut_after=3), Reply(PAGE))
    assert get(url).body == PAGE
    assert len(web.requests("/a")) == 3


def test_what_will_not_pass_is_asked_once(web: Web) -> None:
    failure(web.serve("/a", Reply(status=404)))
    assert len(web.requests("/a")) == 1


@pytest.mark.parametrize(
    ("after", "pauses"), [("7", [7.0]), ("0", [1.0]), ("-3", [1.0]), ("soon", [1.0])]
)
def test_retry_after_is_honoured(web: Web, after: str, pauses: list[float]) -> None:
    url = web.serve("/a", Reply(status=503, headers={"Retry-After": after}), Reply(PAGE))
    slept: list[float] = []
    client = WebClient(url, load_options({}), sleep=slept.append)
    assert client.get(url).body == PAGE
    client.close()
    assert slept == pauses


def test_pauses_double_and_are_bounded(web: Web) -> None:
    url = web.serve("/a", Reply(status=503))
    slept: list[float] = []
    client = WebClient(url, load_options({}, retries=5, max_wait=6.0), sleep=slept.append)
    with pytest.raises(FetchFailed):
        client.get(url)
    client.close()
    assert slept == [1, 2, 4, 6, 6]


@pytest.mark.parametrize("after", ["3600", "Wed, 01 Jan 2100 00:00:00 GMT"])
def test_a_long_pause_is_not_waited_for(web: Web, after: str) -> None:
    url = web.serve("/a", Reply(status=429, headers={"Retry-After": after}))
    assert "asks to wait" in failure(url)
    assert len(web.requests("/a")) == 1


def test_nothing_new(web: Web) -> None:
    url = web.serve("/a", Reply(PAGE, headers={"ETag": '"1"', "Last-Modified": "yesterday"}))
    first = get(url)
    assert (first.etag, first.last_modified) == ('"1"', "yesterday")
    assert get(url, etag='"1"', last_modified="yesterday").unchanged
    asked = web.requests("/a")[1]["headers"]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"1"', "yesterday")


@pytest.mark.parametrize(
    ("statuses", "moves"),
    [((301,), True), ((308, 301), True), ((302,), False), ((301, 302), True), ((302, 301), False)],
)
def test_redirects(web: Web, statuses: tuple[int, ...], moves: bool) -> None:
    for number, status in enumerate(statuses):
        web.serve(f"/{number}", Reply(status=status, headers={"Location": f"/{number + 1}"}))
    web.serve(f"/{len(statuses)}", Reply(PAGE))
    answer = get(f"{web.address}/0")
    assert answer.body == PAGE
    assert answer.url == f"{web.address}/{len(statuses)}"
    # The address to keep is the last that only permanent redirects led to.
    permanent = f"{web.address}/{statuses.index(302) if 302 in statuses else len(statuses)}"
    assert answer.moved_to == (permanent if moves else None)


def test_endless_redirects(web: Web) -> None:
    url = web.serve("/a", Reply(status=302, headers={"Location": "/a"}))
    assert "more than 5 redirects" in failure(url)


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "127.0.0.2", "2130706433", "0x7f000001", "017700000001", "127.1", "0.0.0.0",
        "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "169.254.169.254", "10.1.2.3",
        "192.168.0.1", "172.16.0.1", "100.64.0.1", "[fe80::1]", "[fd00:ec2::254]",
        "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "224.0.0.1", "255.255.255.255",
    ],
)  # fmt: skip
def test_no_redirect_leads_inside(web: Web, host: str) -> None:
    inside = f"http://{host}:{web.port}/secret"
    web.serve("/secret", Reply(b"secret"))
    url = web.serve("/a", Reply(status=302, headers={"Location": inside}))
    reason = failure(url, load_options({}, retries=0, timeout=1.0))
    assert "private address" in reason or "is not known" in reason
    assert web.requests("/secret") == []


def test_another_port_of_ones_own_machine_is_not_the_source(web: Web) -> None:
    url = web.serve("/a", Reply(status=302, headers={"Location": "http://127.0.0.1:22/"}))
    assert "private address" in failure(url)


def resolver(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Let names be at these addresses, one after another. Returns the names asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo
    left = list(answers)

    def answer(host: str, port: int, *rest: int, **more: int) -> object:
        if not host.endswith(".example"):
            return real(host, port, *rest, **more)
        asked.append(host)
        return real(left.pop(0), port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


def test_a_name_that_answers_differently_gains_nothing(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.serve("/secret", Reply(b"secret"))
    url = f"http://rebind.example:{web.port}/secret"
    asked = resolver(monkeypatch, "192.0.2.1", "127.0.0.1", "127.0.0.1")
    options = load_options({}, retries=0, timeout=0.2)
    # The documentation's network is nobody's, and would count as private.
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "192.0.2.1")
    assert "private address" not in failure(url, options)
    # What was checked is what was connected to: the name was not looked up again.
    assert asked == ["rebind.example"]
    assert "private address" in failure(url, options)
    assert web.requests("/secret") == []


def test_hosts_of_ones_own_network_may_be_named(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    web.serve("/a", Reply(PAGE))
    url = f"http://news.corp.example:{web.port}/a"
    resolver(monkeypatch, "127.0.0.1", "127.0.0.1")
    assert "private address" in failure(url)
    named = load_options({"TRACKER_PRIVATE_HOSTS": "other.example, News.Corp.Example"})
    assert get(url, named).body == PAGE


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True), ("2606:2800:220:1::1", True), ("::ffff:93.184.216.34", True),
        ("64:ff9b::5db8:d822", True), ("::ffff:10.0.0.1", False), ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False), ("fe80::1%eth0", False), ("::", False), ("0.0.0.0", False),
        ("100.100.100.200", False), ("239.1.1.1", False), ("ff02::1", False), ("no address", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert addresses.is_public(address) is public


def test_tls(tmp_path: Path) -> None:
    authority = Authority()
    pem, key, ca = (tmp_path / name for name in ("pem", "key", "ca"))
    authority.save(ca)
    trusting = load_options({"TRACKER_CA_FILE": str(ca)}, retries=0)
    for kind, said in (
        ({}, None),
        ({"expired": True}, "its certificate has expired"),
        ({"server": "other.example"}, "its certificate is for another server"),
    ):
        authority.issue(pem, key, **kind)  # type: ignore[arg-type]
        with running(str(pem), str(key)) as web:
            url = web.serve("/a", Reply(PAGE))
            if said:
                assert failure(url, trusting) == said
                continue
            assert get(url, trusting).body == PAGE
            assert "nobody who is trusted" in failure(url)
            down = web.serve("/b", Reply(status=301, headers={"Location": "http://127.0.0.1/"}))
            assert "not encrypted" in failure(down, trusting)


def test_not_a_web_server(web: Web) -> None:
    assert "no TLS" in failure(web.address.replace("http:", "https:"))
    assert "is not known" in failure("http://nosuch.invalid/", load_options({}, retries=0))
    assert "refused" in failure("http://127.0.0.1:1/", load_options({}, retries=0))
