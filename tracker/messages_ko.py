"""The Korean catalogue: headings and labels by their English word, messages by their wording.

In a message ``{name}`` is whatever stands there, ``{n}`` a number, ``(s)`` an s or none. Of two
that fit the first counts.
"""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Headings of tables.
    "ID": "번호",
    "Date": "날짜",
    "Company": "회사",
    "Amount": "금액",
    "Stage": "단계",
    "Investors (* lead)": "투자자 (* 리드)",
    "Issue": "호",
    "Kind": "종류",
    "Text": "내용",
    "Rounds": "라운드",
    "Disclosed": "공개",
    "No rate": "환율 없음",
    "Sum": "합계",
    "Median": "중앙값",
    "Largest": "최대",
    "Rates to": "환율 기준일",
    "Rate of": "환율 기준일",
    "All": "전체",
    "all": "전체",
    "Month": "월",
    "Quarter": "분기",
    "Sector": "분야",
    "Investor": "투자자",
    "Currency": "통화",
    "Newsletter": "뉴스레터",
    "English": "영어",
    "Korean": "한국어",
    "Companies": "회사 수",
    "Total": "누적",
    "Announced": "발표된 누적",
    "Led": "리드",
    "With": "공동 투자자",
    "Name": "이름",
    "Filters": "조건",
    "Last told": "마지막 알림",
    "What is new": "새로운 것",
    # Labels and headings of a round, a company, an investor.
    "Investors": "투자자",
    "Invests with": "함께 투자한 곳",
    "By month": "월별",
    "Reported in": "보도",
    "reported by": "보도",
    "also": "별칭",
    "does": "소개",
    "sectors": "분야",
    "raised": "유치액",
    "is": "유형",
    "rounds": "라운드",
    "stages": "단계",
    "company": "회사",
    "description": "소개",
    "investors": "투자자",
    "amount": "금액",
    "stage": "단계",
    "extension": "추가 유치",
    "valuation": "기업가치",
    "total_raised": "누적 투자금",
    "announced_on": "발표일",
    "confidence": "신뢰도",
    "yes": "예",
    "no": "아니오",
    "undisclosed": "비공개",
    "no rate": "환율 없음",
    "nothing disclosed": "공개된 금액 없음",
    "never": "없음",
    "(all rounds)": "(모든 라운드)",
    "(none named)": "(표시 없음)",
    "unnamed issue": "이름 없는 호",
    "a letter without a name": "이름 없는 레터",
}

MESSAGES: tuple[tuple[str, str], ...] = (
    # list, export
    ("no rounds; {list}", "라운드가 없습니다. {list}"),
    ("without {option}: {n}", "{option} 빼면 {n}건"),
    (
        "no rounds match all of these filters; without any of them there are {n}",
        "조건을 모두 만족하는 라운드가 없습니다. 조건 없이는 {n}건 있습니다",
    ),
    (
        "the database holds no rounds yet: run tracker ingest PATH",
        "데이터베이스에 아직 라운드가 없습니다. tracker ingest PATH 를 실행하세요",
    ),
    (
        "{n} of {n_all} rounds; --limit 0 shows all, tracker export writes them",
        "전체 {n_all}건 가운데 {n}건입니다. --limit 0 은 모두 보여 주고, tracker export 는 파일로 씁니다",
    ),
    ("nothing new since the last time for {name}", "{name}: 지난번 이후 새로운 것이 없습니다"),
    (
        "{n} of these were listed before; since then more is known of them",
        "이 가운데 {n}건은 전에 보여 드린 뒤로 새로 알려진 것이 있습니다",
    ),
    ("{n} round(s) written to {file}", "라운드 {n}건을 {file} 에 썼습니다"),
    ("{n} row(s) written to {file}", "{n}행을 {file} 에 썼습니다"),
    ("{n} round(s)", "{n}건"),
    # show, briefs
    (
        "no round {id} in {place}; tracker list shows the ids",
        "{place} 에 {id}번 라운드가 없습니다. 번호는 tracker list 에 나옵니다",
    ),
    (
        "{text}: not a round's id (a number, as in tracker list)",
        "{text}: 라운드 번호가 아닙니다 (tracker list 에 나오는 숫자)",
    ),
    ("no briefs yet", "아직 브리프가 없습니다"),
    ("no briefs; leave out {options} to see more", "브리프가 없습니다. {options} 를 빼 보세요"),
    # company, investor
    (
        "several match {text}; give a whole name or the number:",
        "{text} 에 맞는 곳이 여럿입니다. 전체 이름이나 번호를 쓰세요:",
    ),
    (
        "no company {text}; tracker list --company with a part of it finds more",
        "{text} 라는 회사가 없습니다. tracker list --company 에 이름 일부를 써 보세요",
    ),
    (
        "no investor {text}; tracker list --investor with a part of it finds more",
        "{text} 라는 투자자가 없습니다. tracker list --investor 에 이름 일부를 써 보세요",
    ),
    # stats
    ("{n} of {n_all} groups", "전체 {n_all}개 그룹 가운데 {n}개"),
    ("chart written to {file}", "그래프를 {file} 에 썼습니다"),
    (
        "--plot needs matplotlib: pip install {what}",
        "--plot 에는 matplotlib 가 필요합니다: pip install {what}",
    ),
    # watch, sectors
    ("no saved searches yet: {how}", "저장된 검색이 없습니다: {how}"),
    (
        "no watch {name}; tracker watch list shows them",
        "{name} 라는 검색이 없습니다. tracker watch list 로 보세요",
    ),
    (
        "saved; it finds {n} round(s) today, watch run tells what comes from now on",
        "저장했습니다. 지금은 {n}건이 맞고, 앞으로 생기는 것은 watch run 이 알려 줍니다",
    ),
    (
        "saved; it finds {n} round(s) today, watch run tells them",
        "저장했습니다. 지금 맞는 {n}건부터 watch run 이 알려 줍니다",
    ),
    ("{name}: nothing new", "{name}: 새로운 것이 없습니다"),
    ("{name}: {n} sent to the webhook", "{name}: {n}건을 웹훅으로 보냈습니다"),
    ("{name}: {n} sent to {whom}", "{name}: {n}건을 {whom} 에게 보냈습니다"),
    ("{n} report(s) read anew", "보도 {n}건을 다시 읽었습니다"),
    # ingest
    (
        "{n} issue(s): {n_new} new, {n_known} already known (nothing changed), {n_failed} failed; "
        "{n_briefs} briefs and {n_rounds} rounds read, stored in {place}",
        "레터 {n}통: 새것 {n_new}, 이미 있는 것 {n_known} (그대로 둠), 실패 {n_failed}. "
        "브리프 {n_briefs}건과 라운드 {n_rounds}건을 읽어 {place} 에 저장했습니다",
    ),
    # Values that do not parse.
    ("{option} {text}: no such stage; {reason}", "{option} {text}: 그런 단계가 없습니다. {reason}"),
    (
        "{option} {text}: no such sector; {reason}",
        "{option} {text}: 그런 분야가 없습니다. {reason}",
    ),
    ("{option} {text}: holds no name", "{option} {text}: 이름이 없습니다"),
    (
        "{option} {text}: not a currency code; {reason}",
        "{option} {text}: 통화 코드가 아닙니다. {reason}",
    ),
    (
        "{option} {text}: not a country code of two letters ({examples})",
        "{option} {text}: 두 글자 국가 코드가 아닙니다 ({examples})",
    ),
    (
        "{option} {text}: in which currency? Write {examples}",
        "{option} {text}: 통화가 없습니다. {examples} 처럼 쓰세요",
    ),
    (
        "{option} {text}: not an amount (write {examples})",
        "{option} {text}: 금액이 아닙니다 ({examples} 처럼 쓰세요)",
    ),
    (
        "{option} {text}: is in {one}, not in {other}",
        "{option} {text}: {other} 가 아니라 {one} 금액입니다",
    ),
    (
        "{option} {text}: give a number from 0 to 1, as 0.8",
        "{option} {text}: 0.8 처럼 0에서 1 사이의 수를 쓰세요",
    ),
    ("{option} {text}: give a number from {n}", "{option} {text}: {n} 이상의 수를 쓰세요"),
    ("--since is later than --until", "--since 가 --until 보다 늦습니다"),
    ("--min-amount is larger than --max-amount", "--min-amount 가 --max-amount 보다 큽니다"),
    ("did you mean {what}?", "혹시 {what}?"),
    ("known are {what}", "있는 것: {what}"),
    ("choose from {what}", "이 가운데 고르세요: {what}"),
    ("{option} {text}: did you mean {what}?", "{option} {text}: 혹시 {what}?"),
    ("{option} {text}: choose from {what}", "{option} {text}: 이 가운데 고르세요: {what}"),
    # What can go wrong anywhere.
    (
        "no database yet at {place}: run tracker ingest PATH first",
        "{place} 에 아직 데이터베이스가 없습니다. 먼저 tracker ingest PATH 를 실행하세요",
    ),
    ("{file}: cannot be written: {why}", "{file}: 쓸 수 없습니다: {why}"),
    ("interrupted", "중단했습니다"),
    ("{source}: no such file or folder", "{source}: 파일이나 폴더가 없습니다"),
    ("{source}: no permission to read it", "{source}: 읽을 권한이 없습니다"),
    ("{source}: empty", "{source}: 비어 있습니다"),
    ("{source}: no text in it", "{source}: 글이 없습니다"),
    ("{source}: a folder without letters", "{source}: 레터가 없는 폴더입니다"),
    ("{source}: binary data, not a letter", "{source}: 레터가 아니라 이진 데이터입니다"),
    ("{source}: this is {what}, not a letter", "{source}: 레터가 아니라 {what} 입니다"),
    ("{source}: a damaged mail", "{source}: 손상된 메일입니다"),
    ("{source}: a mail without a readable body", "{source}: 읽을 본문이 없는 메일입니다"),
    ("{source}: a feed without readable entries", "{source}: 읽을 글이 없는 피드입니다"),
    ("{source}: XML, but no RSS or Atom feed", "{source}: XML 이지만 RSS 나 Atom 피드가 아닙니다"),
)
