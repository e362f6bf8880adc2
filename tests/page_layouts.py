"""Archive pages as four newsletter services lay them out, around letters written for the tests.

Each layout takes a `Letter` and gives the page as a browser gets it: menus, mail tables, trackers,
forms, lists of other issues. What a reader of the tracker must find in it is the letter's briefs.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Letter:
    newsletter: str
    title: str
    day: str
    """ISO 8601."""
    intro: str
    briefs: tuple[tuple[str, str], ...]
    """Headline and text."""


LETTERS = (
    Letter(
        "월요 투자판",
        "물 위의 발전소에 모인 300억원",
        "2026-11-16",
        "안녕하세요, 월요 투자판입니다. 첫눈이 온 주말, 투자 시장에도 바람이 불었습니다.",
        (
            ("해담에너지, 300억원 시리즈B", "물 위에 태양광을 띄우는 해담에너지가 300억원 규모의 시리즈B 투자를 유치했습니다. 바다캐피탈이 이끌고 나래벤처스가 참여했습니다."),
            ("퓨어그린의 60억원", "신선식품 포장재 기업 퓨어그린이 나래벤처스로부터 60억원을 투자받았습니다. 누적 투자금은 85억원입니다."),
            ("가온로봇, 공장으로", "협동로봇을 만드는 가온로봇이 들꽃인베스트와 개울벤처스에서 120억원을 조달했습니다."),
            ("모아클래스 인수", "교육 회사 한결에듀가 강의 플랫폼 모아클래스를 인수했습니다. 금액은 밝히지 않았습니다."),
            ("이번 주 펀드", "들꽃인베스트가 500억원 규모의 초기 투자 펀드를 결성했습니다."),
        ),
    ),
    Letter(
        "The Kettle Letter",
        "Tea, tunnels and three seed rounds",
        "2026-10-09",
        "Good morning. The kettle is on, and the money is moving again.",
        (
            ("Lemonade Labs raises $12.5M", "Lemonade Labs, which sells carbon accounting for farms, raised a $12.5M Series A led by Pine Capital with Birch Ventures joining."),
            ("Tunnelvision closes seed", "Tunnelvision, a maker of drones for sewers, closed a $3M seed round from Mole Partners."),
            ("Steep lands €8M", "Amsterdam-based Steep landed €8M from North Sea Ventures to expand its tea subscription."),
            ("Pine Capital's third fund", "Pine Capital closed its third fund at $240M, above its target."),
        ),
    ),
)  # fmt: skip

_PIXEL = '<img src="https://track.example.invalid/open.gif?u=81f3a2c4" width="1" height="1" style="display:none" alt="">'


def _link(number: int, text: str) -> str:
    return f'<a href="https://click.example.invalid/c/{number}?u=81f3a2c4&amp;e=99" style="color:#111">{text}</a>'


def stibee(letter: Letter) -> str:
    """A mail of nested tables in a page of its own; every text block a table in a table."""

    def block(html: str) -> str:
        return (
            '<tr><td style="padding:10px 15px"><table border="0" cellpadding="0" cellspacing="0" width="100%"><tbody><tr>'
            f'<td class="stb-text-box" style="font-size:16px;line-height:1.7">{html}</td></tr></tbody></table></td></tr>'
        )

    items = "".join(
        block(
            f'<div style="font-weight:bold;font-size:18px">{_link(n, escape(headline))}</div><div>{escape(text)}</div>'
        )
        for n, (headline, text) in enumerate(letter.briefs)
    )
    divider = '<tr><td><table width="100%"><tbody><tr><td style="border-bottom:1px solid #ddd;height:0"></td></tr></tbody></table></td></tr>'
    return f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>{escape(letter.title)}</title>
<meta property="og:title" content="{escape(letter.title)}"><meta property="og:site_name" content="{escape(letter.newsletter)}">
<script>window.dataLayer=window.dataLayer||[];</script></head><body>
<div class="archive-header"><a href="/">{escape(letter.newsletter)}</a><button>구독하기</button><button>공유하기</button></div>
<div style="display:none;max-height:0">{escape(letter.intro)} &zwnj;&nbsp;&zwnj;&nbsp;</div>
<table border="0" cellpadding="0" cellspacing="0" width="100%" style="max-width:630px"><tbody>
{block(f'<div style="text-align:right;font-size:12px">{letter.day.replace("-", ".")} · {_link(90, "웹에서 보기")}</div>')}
<tr><td><img src="https://img.example.invalid/head.png" alt="" width="600"></td></tr>
{block(f"<h1>{escape(letter.title)}</h1>")}{block(f"<div>{escape(letter.intro)}</div>")}{divider}
{block("<h2>💸 투자 소식 · Deals</h2>")}{items}{divider}
{block('<div style="text-align:center">이번 호가 좋았다면 친구에게 공유해 주세요.</div>')}
{block(f'<div style="font-size:11px">{escape(letter.newsletter)}<br>hello@example.invalid<br>서울시 성동구 어딘가 3층<br>{_link(91, "수신거부")} Unsubscribe</div>')}
</tbody></table>{_PIXEL}</body></html>"""


def mailchimp(letter: Letter) -> str:
    """A campaign page: archive bar with a list of past issues, mcnTextBlock tables, one list."""
    items = "".join(
        f"<li><strong>{_link(n, escape(headline))}</strong><br>{escape(text)}</li>"
        for n, (headline, text) in enumerate(letter.briefs)
    )
    past = "".join(
        f'<li><a href="#">{day} - {escape(letter.newsletter)} #{40 - n}</a></li>'
        for n, day in enumerate(("09/02/2026", "08/26/2026", "08/19/2026"))
    )

    def block(html: str) -> str:
        return (
            '<table class="mcnTextBlock" width="100%" border="0" cellspacing="0" cellpadding="0"><tbody class="mcnTextBlockOuter"><tr>'
            '<td class="mcnTextBlockInner" valign="top"><!--[if mso]><table align="left"><tr><td><![endif]-->'
            f'<table class="mcnTextContentContainer" align="left" style="max-width:100%"><tbody><tr><td class="mcnTextContent">{html}</td></tr></tbody></table>'
            "<!--[if mso]></td></tr></table><![endif]--></td></tr></tbody></table>"
        )

    return f"""<!doctype html><html><head><meta charset="UTF-8"><title>{escape(letter.title)}</title>
<style>#awesomewrap{{height:40px}}</style></head><body>
<div id="awesomewrap"><div id="awesomebar"><ul><li><a href="#">Subscribe</a></li><li><a href="#">Past Issues</a><ul>{past}</ul></li>
<li><a href="#">Translate</a><ul><li><a href="#">English</a></li><li><a href="#">한국어</a></li></ul></li></ul></div></div>
<span class="mcnPreviewText" style="display:none;font-size:0;max-height:0;opacity:0">{escape(letter.intro)}</span>
<center><table id="bodyTable" width="100%"><tr><td id="bodyCell"><table class="templateContainer"><tr><td id="templatePreheader">
{block('<a href="#" target="_blank">View this email in your browser</a>')}</td></tr><tr><td id="templateHeader">
{block(f"<h1>{escape(letter.newsletter)}</h1><p>{letter.day}</p>")}</td></tr><tr><td id="templateBody">
{block(f"<h2>{escape(letter.title)}</h2><p>{escape(letter.intro)}</p>")}
{block(f"<h2>Funding news</h2><ul>{items}</ul>")}</td></tr><tr><td id="templateFooter">
{block('<em>Copyright © 2026, All rights reserved.</em><br>Want to change how you receive these emails?<br>You can <a href="#">update your preferences</a> or <a href="#">unsubscribe from this list</a>.')}
</td></tr></table></td></tr></table></center>{_PIXEL}<script src="https://cdn.example.invalid/a.js"></script></body></html>"""


def substack(letter: Letter) -> str:
    """A post: deep divs, buttons between the paragraphs, comments and other posts below."""
    items = "".join(
        f'<h4 class="header-anchor-post">{escape(headline)}<div class="pencraft"><button aria-label="Link"></button></div></h4>'
        f"<p>{escape(text)} <a href='https://substack.example.invalid/r/{n}' rel=''>Read more</a></p>"
        for n, (headline, text) in enumerate(letter.briefs)
    )
    widget = (
        '<div class="subscription-widget-wrap"><div class="subscription-widget show-subscribe"><div class="preamble"><p class="cta-caption">'
        f"{escape(letter.newsletter)} is a reader-supported publication. To receive new posts, subscribe.</p></div>"
        '<form><input type="email" placeholder="Type your email…"><input type="submit" value="Subscribe"></form></div></div>'
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title data-rh="true">{escape(letter.title)} - {escape(letter.newsletter)}</title>
<meta property="og:title" content="{escape(letter.title)}"><meta property="og:site_name" content="{escape(letter.newsletter)}">
<meta property="article:published_time" content="{letter.day}T07:00:00+00:00">
<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{letter.title}"}}</script></head><body>
<div id="entry"><div class="main-menu"><div class="topbar"><a href="/">{escape(letter.newsletter)}</a><button>Subscribe</button><button>Sign in</button></div></div>
<div class="single-post-container"><article class="newsletter-post post"><div class="post-header"><h1 class="post-title">{escape(letter.title)}</h1>
<div class="meta"><a href="#">Kim</a><div>Nov 16, 2026</div></div><div class="post-ufi"><a>12</a><a>3</a><a>Share</a></div></div>
<div class="available-content"><div dir="auto" class="body markup"><p>{escape(letter.intro)}</p>{widget}
<h2 class="header-anchor-post">Deals of the week</h2>{items}<div><hr></div>
<p class="button-wrapper"><a class="button primary" href="#"><span>Share</span></a></p></div></div></article></div>
<div class="comments-section"><h4>Discussion about this post</h4><div class="comments-page"><p>Comments</p><p>Restacks</p></div></div>
<div class="portable-archive"><div>Top</div><div>Latest</div><div>Discussions</div><a>Older post about a funding round</a><div>Oct 2 • Kim</div></div>
<div class="footer">© 2026 {escape(letter.newsletter)} · <a>Privacy</a> ∙ <a>Terms</a><a>Start your Substack</a></div></div>{_PIXEL}
<script>window._preloads = JSON.parse("{{}}")</script><noscript>This site requires JavaScript to run correctly.</noscript></body></html>"""


def ghost(letter: Letter) -> str:
    """A blog's post: cards, a table, membership calls, and cards of other posts."""
    items = "".join(
        f'<h3 id="h{n}">{escape(headline)}</h3><p>{escape(text)}</p>'
        for n, (headline, text) in enumerate(letter.briefs)
    )
    cards = "".join(
        f'<article class="post-card"><a href="/p{n}/"><h2 class="post-card-title">An older letter no. {n}</h2>'
        '<div class="post-card-excerpt">What happened when nobody was looking.</div></a><time>01 Oct 2026</time></article>'
        for n in range(3)
    )
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(letter.title)}</title>
<meta property="og:site_name" content="{escape(letter.newsletter)}"><meta property="article:published_time" content="{letter.day}T08:00:00.000Z"></head>
<body class="post-template"><div class="viewport"><header id="gh-head" class="gh-head"><nav><a class="gh-head-logo" href="/">{escape(letter.newsletter)}</a>
<ul class="nav"><li><a href="/">Home</a></li><li><a href="/about/">About</a></li></ul></nav><a class="gh-head-button" href="#/portal/signup">Subscribe</a></header>
<main id="site-main"><article class="article post"><header class="article-header"><div class="article-tag"><a href="/tag/letters/">Letters</a></div>
<h1 class="article-title">{escape(letter.title)}</h1><section class="article-byline"><h4><a href="#">Kim</a></h4><time datetime="{letter.day}">{letter.day}</time> — 4 min read</section>
</header><section class="gh-content gh-canvas"><p>{escape(letter.intro)}</p>
<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">💡</div><div class="kg-callout-text">Tips? hello@example.invalid</div></div>
<h2 id="deals">Funding rounds</h2>{items}
<hr><div class="kg-card kg-button-card"><a class="kg-btn" href="#/portal">Subscribe</a></div></section>
<section class="footer-cta"><h2>Sign up for more like this.</h2><a>Enter your email</a></section></article></main>
<aside class="read-more-wrap"><div class="read-more inner">{cards}</div></aside>
<footer class="site-footer"><a href="/">{escape(letter.newsletter)}</a> © 2026<nav><a href="#">Sign up</a></nav><a>Powered by Ghost</a></footer></div>
<script src="/assets/built/casper.js"></script>{_PIXEL}</body></html>"""


LAYOUTS = {"Stibee": stibee, "Mailchimp": mailchimp, "Substack": substack, "Ghost": ghost}
