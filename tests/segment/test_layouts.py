"""Layouts of newsletters, in small: what is a brief, and where it begins and ends."""

from __future__ import annotations

import pytest

from tracker.records import Brief, Issue
from tracker.segment import find_briefs, signals
from tracker.sources.cleaning import clean_text
from tracker.sources.html import html_to_text
from tracker.sources.markdown import markdown_to_text

A = "가온로봇, 30억원 시리즈A 유치"
B = "나래약품, 50억원 조달"


def briefs(text: str, media: str = "text") -> list[Brief]:
    if media == "html":
        text = html_to_text(text)
    elif media == "markdown":
        text = markdown_to_text(text)
    issue = Issue(clean_text(text), "x")
    found = find_briefs(issue)
    for brief in found:
        assert brief.text == issue.text[brief.start : brief.end]
    return found


def texts(text: str, media: str = "text") -> list[str]:
    return [brief.text for brief in briefs(text, media) if brief.in_news_section]


@pytest.mark.parametrize("bullet", ["🚀 ", "▲", "• ", "– ", "- ", "■ ", "✅ ", "* ", "1) ", "-\n"])
def test_bulleted_run_without_a_heading(bullet: str) -> None:
    letter = f"긴 글입니다.\n\n{bullet}{A}\n{bullet}{B}\n{bullet}다솜, 새 앱 출시\n\n안녕히."
    assert texts(letter.replace("1) ", "{}) ").format(1, 2, 3)) == [A, B, "다솜, 새 앱 출시"]


@pytest.mark.parametrize(
    "heading",
    [
        "[이 주의 브리프]", "## 투자 소식", "■ 투자 단신", "💰 이번 주 투자", "투자 브리핑", "한 줄 뉴스", "엑싯/투자", "VENTURE DEALS",
        "Deals of the week", "Funding", "<스타트업 소식>", "=== 투자 소식 ===", "오늘의 투자와 거래\n---", "## 💸 이번 주 돈의 행방",
    ],
)  # fmt: skip
def test_headings_that_announce_news(heading: str) -> None:
    found = briefs(
        f"글.\n\n{heading}\n\n• {A}\n• 다솜이 새 앱을 냈다.\n\n## 행사\n\n• 데모데이 신청"
    )
    assert [brief.text for brief in found] == [A, "다솜이 새 앱을 냈다."]
    assert all(brief.section and brief.in_news_section for brief in found)


@pytest.mark.parametrize(
    "heading",
    [
        "## 행사",
        "[채용]",
        "📅 일정",
        "스폰서드 포스팅",
        "## 지난 호",
        "SPONSORED",
        "## Jobs",
        "## 이번 호 순서",
        "[광고]",
    ],
)
def test_other_sections_give_nothing(heading: str) -> None:
    assert (
        briefs(
            f"글.\n\n{heading}\n\n• 시리즈A 30억원을 유치한 팀의 개발자\n• 시드 5억원을 받은 팀 (강남)"
        )
        == []
    )


@pytest.mark.parametrize(
    "line",
    [
        "[광고] 시드 투자 30억원 받는 법", "(AD) Raise your seed", "[행사] 10월 3일 투자 유치 설명회", "11/4(수) 투자 특강 신청 마감",
        "수신거부", "이 메일은 수신에 동의하신 분께 보냅니다.", "자세히 보기 →", "[채용] 시리즈A 팀 개발자", "Unsubscribe", "감사합니다!",
    ],
)  # fmt: skip
def test_unwanted_lines_among_the_news(line: str) -> None:
    assert texts(f"투자 소식\n\n- {A}\n- {line}\n- {B}") == [A, B]


def test_tags_stay_and_advertisement_goes_with_its_text() -> None:
    letter = f"[투자] {A}\n[M&A] 나래약품, 다솜 인수\n[광고] 세금 줄이는 법\n시드 30억원을 받은 회사도 썼습니다.\n\n[행사] 데모데이"
    assert texts(letter) == [f"[투자] {A}", "[M&A] 나래약품, 다솜 인수"]


def test_name_and_sentence_lines() -> None:
    lines = [
        "가온로봇: 가온로봇이 30억원을 유치했다.",
        "나래: 나래가 시드 투자를 받았다.",
        "다솜: 다솜이 새 앱을 냈다.",
    ]
    assert texts("이번 주 투자\n" + "\n".join(lines)) == lines


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_headline_and_blurb_are_one_brief(gap: str) -> None:
    pairs = [
        f"{A}{gap}로봇 회사 가온로봇이 투자를 마쳤다.",
        f"{B}{gap}나래약품이 새 약을 찾는다. 돈은 A벤처스가 냈다.",
    ]
    assert texts("투자 소식\n\n" + "\n\n".join(pairs)) == pairs
    numbered = "투자 소식\n\n" + "\n\n".join(
        f"{n}. {pair}" for n, pair in enumerate(pairs, start=1)
    )
    assert texts(numbered) == pairs


def test_bold_headlines_of_html() -> None:
    html = f"<p><b>{A}</b></p><p>가온이 해냈다.</p><p><b>{B}</b></p><p>나래가 해냈다.</p><p><b>광고</b></p><p>시드 팀 무료.</p>"
    assert texts(html, "html") == [f"{A}\n\n가온이 해냈다.", f"{B}\n\n나래가 해냈다."]


def test_cards_with_kickers() -> None:
    card = "<a><div>0{0} · 어느신문</div><div style='font-weight:600'>{1}</div><p>{2}가 해냈다.</p></a>"
    html = (
        "<h3>창업 · VC</h3><div>" + card.format(1, A, "가온") + card.format(2, B, "나래") + "</div>"
    )
    assert texts(html, "html") == [f"{A}\n가온가 해냈다.", f"{B}\n나래가 해냈다."]


@pytest.mark.parametrize(
    ("line", "meagre"),
    [
        ("01 · TechCrunch", True),
        ("03 · Commercial Real Estate Direct", True),
        ("3 | The Journal of Very Small Ventures", True),
        ("3 · 가온로봇이 시리즈A로 30억원을 유치했다", False),
        ("3 – Lemonade Labs raises another round of money", False),
        ("03 · Commercial Real Estate Direct\nmore", False),
    ],
)
def test_kickers(line: str, meagre: bool) -> None:
    assert signals.is_meagre(line) is meagre


def test_a_headline_among_headlines_names_no_section() -> None:
    text = f"## 투자 소식\n\n### {A}\n가온이 해냈다.\n\n### 모아클래스 인수\n한결에듀가 샀다.\n"
    assert texts(text, "markdown") == [f"{A}\n가온이 해냈다.", "모아클래스 인수\n한결에듀가 샀다."]


def test_layout_table_with_pictures() -> None:
    row = "<tr><td><img src=a></td><td><b>{0}</b><br>{1}</td></tr>"
    html = f"<table>{row.format(A, '가온이 마쳤다.')}{row.format(B, '나래가 받았다.')}</table>"
    assert texts(html, "html") == [f"{A}\n가온이 마쳤다.", f"{B}\n나래가 받았다."]


def test_deal_table_names_its_columns_in_the_section() -> None:
    table = "| 회사 | 단계 | 금액 |\n|---|---|---|\n| 가온 | 시드 | 5억원 |\n| 나래 | 시리즈A | 비공개 |"
    found = briefs(f"글\n\n## 딜 모음\n\n{table}\n\n* 금액은 발표 기준입니다.", "markdown")
    assert [brief.text for brief in found] == ["가온 | 시드 | 5억원", "나래 | 시리즈A | 비공개"]
    assert {brief.section for brief in found} == {"딜 모음 — 회사 | 단계 | 금액"}


def test_event_table_is_no_news() -> None:
    assert (
        briefs(
            "| 날짜 | 행사 | 곳 |\n|---|---|---|\n| 9/9 | 시드 투자 강의 | 온라인 |\n| 9/10 | 모임 | 성수 |",
            "markdown",
        )
        == []
    )


@pytest.mark.parametrize("bullet", ["- ", "• ", "  "])
def test_fields_belong_to_their_item(bullet: str) -> None:
    item = "{0}\n{b}금액: 30억원\n{b}단계: 시리즈A\n{b}투자사: 한국투자파트너스"
    letter = "투자 소식\n\n" + "\n\n".join(
        "■ " + item.format(name, b=bullet) for name in ("가온", "나래")
    )
    assert texts(letter) == [item.format(name, b=bullet) for name in ("가온", "나래")]


def test_details_below_a_headline_and_items_below_a_group() -> None:
    assert texts(f"▶ {A}\n- 한국투자파트너스 리드\n- 누적 50억원\n▶ {B}\n- 새 투자자") == [
        f"{A}\n- 한국투자파트너스 리드\n- 누적 50억원",
        f"{B}\n- 새 투자자",
    ]
    assert texts(f"## 투자\n- 국내\n  - {A}\n  - {B}\n- 해외\n  - Foo raises $5M", "markdown") == [
        A,
        B,
        "Foo raises $5M",
    ]


def test_lists_by_stage() -> None:
    letter = "# Deals\n\n## Series A\n- Foo raised $5M led by Bar.\n\n## Seed\n- Quux raised $1M.\n- Corge opened an office."
    found = briefs(letter, "markdown")
    assert [(brief.section, brief.text) for brief in found] == [
        ("Series A", "Foo raised $5M led by Bar."),
        ("Seed", "Quux raised $1M."),
        ("Seed", "Corge opened an office."),
    ]
    assert all(brief.in_news_section for brief in found)


def test_contents_at_the_top_and_summaries_are_not_repeated() -> None:
    letter = f"# 편지\n\n- {A}\n- {B}\n\n## {A}\n로봇 회사 가온로봇이 30억원을 유치했다.\n\n## {B}\n나래약품이 50억원을 조달했다."
    assert [brief.text.split("\n")[0] for brief in briefs(letter, "markdown")] == [A, B]
    assert len(briefs(letter, "markdown")) == 2
    summed = (
        f"## 투자\n\n가온로봇이 30억원을, 나래약품이 50억원을 유치한 한 주였습니다.\n\n- {A}\n- {B}"
    )
    assert texts(summed, "markdown") == [A, B]


def test_news_in_prose_keeps_its_paragraphs() -> None:
    first = "가온로봇이 시리즈A로 30억원을 유치했다. 나래약품도 50억원을 받았다."
    assert texts(
        f"## 이번 주 투자\n\n{first}\n\n한편 다솜은 새 앱을 냈다.\n\n## 에디터 노트\n\n안녕히.",
        "markdown",
    ) == [
        first,
        "한편 다솜은 새 앱을 냈다.",
    ]


def test_articles_offer_rounds_with_what_they_refer_to() -> None:
    letter = (
        "긴 글입니다. 지난해 시리즈A로 30억원을 유치한 가온로봇이 새 제품을 냈습니다.\n\n"
        "나래약품은 오래된 회사입니다. 이번에 시리즈B로 50억원을 유치했습니다.\n\n"
        "이번 투자로 누적 90억원을 모았습니다.\n\n다음 글은 날씨 이야기입니다."
    )
    (brief,) = briefs(letter)
    assert not brief.in_news_section
    assert (
        brief.text
        == "나래약품은 오래된 회사입니다. 이번에 시리즈B로 50억원을 유치했습니다.\n\n이번 투자로 누적 90억원을 모았습니다."
    )


def test_article_whose_headline_reports() -> None:
    body = "가온로봇은 창고를 돕는 로봇을 만든다. " * 30
    letter = f"# 편지\n\n## {A}\n\n{body}\n\n로봇은 계속 는다. {body}\n\n## 날씨\n\n{body}"
    (brief,) = briefs(letter, "markdown")
    assert brief.text.startswith(A)
    assert not brief.in_news_section


def test_past_rounds_and_market_talk_are_no_news() -> None:
    letter = "🚀 가온의 비밀\n지난해 시리즈B로 250억원을 받은 가온이 시험을 앞두고 있다.\n\n🔥 시장\n투자사들은 지갑을 닫았다.\n\n💡 생각\n겨울은 길다."
    assert [brief for brief in briefs(letter) if brief.in_news_section] == []


def test_paragraph_letters_of_english() -> None:
    letter = (
        "Massive Fundings\n\nGaonAI, a startup that builds robots, raised a $150 million Series C round led by Big Fund.\n\n"
        "Smaller Fundings\n\nNarae raised a $5 million seed round. The deal was led by Hustle Fund.\n\n"
        "People\n\nJane Doe joined Big Fund."
    )
    assert [(brief.section, brief.text[:5]) for brief in briefs(letter)] == [
        ("Massive Fundings", "GaonA"),
        ("Smaller Fundings", "Narae"),
    ]
