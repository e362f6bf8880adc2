"""HTML in, lines of text out: headings as ``# …``, list items as ``• …``, data rows ``a | b``.

What a reader does not see is dropped: scripts, styles, hidden parts, preheaders, pixels, the
addresses of links. Layout tables only break lines. Depth costs nothing: there is no recursion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.sources.lines import LineWriter
from tracker.sources.markup import Tag, tokens

_MAX_DEPTH = 256
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_DROPPED = frozenset(
    "script style template svg math iframe object select textarea noscript head audio video "
    "canvas datalist xmp noframes".split()
)
_BLOCK = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p pre "
    "section summary table tbody td tfoot th thead tr ul caption".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# A new one of these ends an open one; in each case only back to the nearest container.
_IMPLIED_END = {
    "li": ("li", ("ul", "ol", "menu")),
    "td": ("td", ("table",)),
    "th": ("td", ("table",)),
    "tr": ("tr", ("table",)),
    "dt": ("dt", ("dl",)),
    "dd": ("dt", ("dl",)),
    "p": ("p", ("td", "th", "li", "div", "table", "blockquote", "section", "article", "body")),
}
_SAME = {"th": "td", "dd": "dt"}
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])"
    r"|max-height\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])",
    re.I,
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|lighter|[1-5]00)", re.I)
_LARGE = re.compile(r"font-size\s*:\s*(?:2[0-9]|3[0-9])(?:\.\d+)?px", re.I)
_FLOW = re.compile(r"display\s*:\s*(?:inline-)?(flex|grid)", re.I)
_TITLE = re.compile(r"<title\b[^>]{0,500}>([^<]{0,1000})", re.I)
_META = re.compile(r"<meta\b[^>]{0,2000}>", re.I)


@dataclass(slots=True)
class _Frame:
    name: str
    hidden: bool
    bold: bool
    first_line: int
    number: int = 0
    """For an ordered list: the number of its next item."""
    children: str = ""
    """How a flex or grid box sets its children apart: "space", "line" or "" (not at all)."""


@dataclass(slots=True)
class _State:
    writer: LineWriter = field(default_factory=LineWriter)
    stack: list[_Frame] = field(default_factory=list)
    open_tags: dict[str, int] = field(default_factory=dict)
    beyond: dict[str, int] = field(default_factory=dict)
    """Tags opened deeper than we follow; their end tags must not close others."""
    after_link: bool = False
    """Whether a link has just ended: one that begins at once stands apart on the page."""


def html_to_text(source: str) -> str:
    """Return the visible text, structured in lines (not yet cleaned)."""
    state = _State()
    hidden = False
    for token in tokens(source):
        if isinstance(token, str):
            state.after_link = False
            if not hidden:
                bold = bool(state.stack) and state.stack[-1].bold
                preformatted = state.open_tags.get("pre", 0) > 0
                state.writer.add(token, bold=bold, preformatted=preformatted)
            continue
        if token.closing:
            _close(state, token.name)
        else:
            _open(state, token)
        hidden = bool(state.stack) and state.stack[-1].hidden
    while state.stack:
        _pop(state)
    return state.writer.finish()


def html_metadata(source: str) -> dict[str, str]:
    """The page's title, site name and publication date, where its head gives them."""
    head = source[:100_000]
    found: dict[str, str] = {}
    title = _TITLE.search(head)
    if title:
        found["title"] = "".join(t for t in tokens(title.group(1)) if isinstance(t, str))
    names = {
        "og:site_name": "site",
        "article:published_time": "date",
        "date": "date",
        "og:title": "headline",
    }
    for match in _META.finditer(head):
        tag = Tag("meta", attributes=match.group()[5:-1])
        name = (tag.attribute("property") or tag.attribute("name") or "").lower()
        value = tag.attribute("content")
        if name in names and value:
            found.setdefault(names[name], value)
    return found


def _open(state: _State, tag: Tag) -> None:
    writer, name = state.writer, tag.name
    parent_hidden = bool(state.stack) and state.stack[-1].hidden
    if name in _VOID:
        if name == "br" and not parent_hidden:
            writer.line_break()
        elif name == "hr" and not parent_hidden:
            writer.rule()
        return
    if name in _IMPLIED_END:
        _close_implied(state, name)
    elif name in _BLOCK and name != "body" and state.open_tags.get("p"):
        _close_implied(state, "p")
    if len(state.stack) >= _MAX_DEPTH:
        if name in _BLOCK and not parent_hidden:
            writer.flush()
        state.beyond[name] = state.beyond.get(name, 0) + 1
        return
    style = tag.attribute("style") or ""
    hidden = parent_hidden or name in _DROPPED or tag.attribute("hidden") is not None
    hidden = hidden or bool(style and _HIDDEN.search(style))
    bold = _is_bold(name, style, state.stack[-1].bold if state.stack else False)
    if not hidden:
        _set_apart(state, name)
        _begin(state, tag)
    state.stack.append(_Frame(name, hidden, bold, len(writer.lines)))
    flow = _FLOW.search(style) if style else None
    if flow:
        in_lines = flow.group(1).lower() == "grid" or "column" in style.lower()
        state.stack[-1].children = "line" if in_lines else "space"
    if name == "ol":
        start = tag.attribute("start") or "1"
        state.stack[-1].number = int(start) if start.isdecimal() and len(start) < 6 else 1
    state.open_tags[name] = state.open_tags.get(name, 0) + 1


def _set_apart(state: _State, name: str) -> None:
    """A gap that the page shows though its source has no space there."""
    children = state.stack[-1].children if state.stack else ""
    if children == "line":
        state.writer.flush()
    elif children == "space" or (state.after_link and name == "a"):
        state.writer.add(" ")


def _is_bold(name: str, style: str, inherited: bool) -> bool:
    if name in ("b", "strong") or (style and (_BOLD.search(style) or _LARGE.search(style))):
        return True
    if style and _NOT_BOLD.search(style):
        return False
    # A bold table or page says nothing of one line in it.
    return inherited and name not in ("table", "ul", "ol", "body")


def _begin(state: _State, tag: Tag) -> None:
    """What the writer must know at a visible start tag."""
    writer, name = state.writer, tag.name
    if name in _BLOCK:
        writer.flush()
    if name in _HEADINGS:
        writer.begin_heading(_HEADINGS[name])
    elif name == "li":
        lists = [frame for frame in state.stack if frame.name in ("ul", "ol", "menu")]
        if lists and lists[-1].name == "ol":
            writer.begin_item(len(lists), f"{lists[-1].number}. ")
            lists[-1].number += 1
        else:
            writer.begin_item(max(1, len(lists)), "• ")
    elif name == "table":
        writer.begin_table(layout=(tag.attribute("role") or "").lower() == "presentation")
    elif name == "tr":
        writer.begin_row()
    elif name in ("td", "th"):
        writer.begin_cell(header=name == "th")


def _close_implied(state: _State, name: str) -> None:
    target, stops = _IMPLIED_END[name]
    kinds = {target} | {tag for tag, same in _SAME.items() if same == target}
    if not any(state.open_tags.get(kind) for kind in kinds):
        return
    for depth in range(len(state.stack) - 1, -1, -1):
        if state.stack[depth].name in kinds:
            while len(state.stack) > depth:
                _pop(state)
            return
        if state.stack[depth].name in stops:
            return


def _close(state: _State, name: str) -> None:
    if name == "br":
        state.writer.line_break()
    elif state.beyond.get(name):
        state.beyond[name] -= 1
        if name in _BLOCK:
            state.writer.flush()
    elif state.open_tags.get(name):
        # A stray inline end tag must not close a table cell around it.
        if name not in _BLOCK and any(
            frame.name in ("td", "th", "table") and frame.name != name
            for frame in _until(state.stack, name)
        ):
            return
        while state.stack:
            if _pop(state) == name:
                return


def _until(stack: list[_Frame], name: str) -> list[_Frame]:
    """The open frames above the innermost `name`."""
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].name == name:
            return stack[depth + 1 :]
    return []


def _pop(state: _State) -> str:
    frame = state.stack.pop()
    name, writer = frame.name, state.writer
    state.after_link = name == "a"
    state.open_tags[name] -= 1
    if frame.hidden:
        return name
    if name in _BLOCK:
        writer.end_block(frame.first_line, paragraph=name in ("p", "blockquote", "pre"))
    if name in ("ul", "ol", "menu"):
        writer.end_list()
    elif name == "li":
        writer.end_item()
    elif name == "tr":
        writer.end_row()
    elif name in ("td", "th"):
        writer.end_cell()
    elif name == "table":
        writer.end_table()
    return name
