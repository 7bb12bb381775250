"""Pages of portals around an article: menus, side columns, related items, footers, in five ways of writing HTML."""

import html
import json
from collections.abc import Callable, Sequence

_MENU = ("Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản", "Thủ tục hành chính", "Liên hệ", "Sơ đồ cổng")
_RELATED = (
    "Khai mạc giải bóng chuyền truyền thống chào mừng ngày thành lập",
    "Thông báo lịch tiếp công dân của lãnh đạo trong tháng tới",
    "Ra quân tổng vệ sinh môi trường, trồng cây xanh dịp đầu xuân",
    "Trao nhà tình nghĩa cho gia đình chính sách có hoàn cảnh khó khăn",
    "Dự báo thời tiết: vùng núi trời rét, có nơi rét đậm về đêm",
)
_FOOTER = (
    "Bản quyền thuộc về Cổng thông tin điện tử. Giấy phép số 12/GP-TTĐT. Điện thoại: 0203 3835 000. Email: a@a.example"
)


def _links(items: Sequence[str], tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/{n}.html" title="{item}">{item}</a></{tag}>' for n, item in enumerate(items))


def _head(title: str, url: str, published: str) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title, "datePublished": published}
    return (
        f"<head><meta charset='utf-8'><title>{html.escape(title)} | Cổng thông tin</title>"
        f'<meta property="og:title" content="{html.escape(title)}"><link rel="canonical" href="{url}">'
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
        "<style>.a{color:red}</style><script>var menu = ['Trang chủ'];</script></head>"
    )


def _newspaper(title: str, blocks: Sequence[str], url: str, published: str) -> str:
    body = "".join(f"<p>{block}</p>" for block in blocks)
    return (
        f"<!DOCTYPE html><html lang='vi'>{_head(title, url, published)}<body>"
        f"<header><nav class='main-menu'><ul>{_links(_MENU)}</ul></nav></header><main><article class='detail'>"
        f"<h1 class='title'>{title}</h1><time datetime='{published}'>08:15</time>"
        f"<div class='detail-content'>{body}</div></article>"
        f"<aside class='related'><h3>Tin liên quan</h3><ul>{_links(_RELATED)}</ul></aside></main>"
        f"<footer><p>{_FOOTER}</p></footer></body></html>"
    )


def _weblog(title: str, blocks: Sequence[str], url: str, published: str) -> str:
    body = "\n".join(f'<p style="text-align: justify;"><span>{block}</span></p>' for block in blocks)
    return (
        f"<html>{_head(title, url, published)}<body class='single-post'><div id='page'>"
        f"<div id='top-menu' class='menu'><ul>{_links(_MENU)}</ul></div>"
        f"<div id='content'><div class='post'><h1 class='entry-title'>{title}</h1>"
        f"<div class='entry-content'>{body}</div>"
        f"<div class='sharedaddy'><span>Chia sẻ</span><a href='#'>Facebook</a><a href='#'>Zalo</a></div></div></div>"
        f"<div id='sidebar' class='widget-area'><h3>Bài viết mới</h3><ul>{_links(_RELATED)}</ul></div>"
        f"<div id='footer'>{_FOOTER}</div></div></body></html>"
    )


def _tables(title: str, blocks: Sequence[str], url: str, published: str) -> str:
    body = "".join(f'<p class="MsoNormal" align="justify"><font face="Times">{block}</font></p>' for block in blocks)
    menu = "".join(f"<td><a href='/{n}'>{item}</a></td>" for n, item in enumerate(_MENU))
    return (
        f"<html>{_head(title, url, published)}<body><table width='100%'><tr>{menu}</tr></table>"
        f"<table><tr><td width='180'><table class='leftmenu'>{_links(_MENU, 'tr')}</table></td>"
        f"<td><div class='tieude'>{title}</div><div class='noidung'>{body}</div>"
        f"<div class='tinlienquan'><b>Các tin khác</b><ul>{_links(_RELATED)}</ul></div></td></tr></table>"
        f"<table class='footer'><tr><td>{_FOOTER}</td></tr></table></body></html>"
    )


def _breaks(title: str, blocks: Sequence[str], url: str, published: str) -> str:
    body = "<br><br>\n".join(blocks)
    return (
        f"<html>{_head(title, url, published)}<body><div class='wrapper'>"
        f"<div class='menu-top'>{_links(_MENU, 'span')}</div>"
        f"<div class='breadcrumb'><a href='/'>Trang chủ</a> / <a href='/t'>Tin tức</a></div>"
        f"<h1>{title}</h1><div class='content-detail'>{body}</div>"
        f"<div class='other-news'><h4>Tin cùng chuyên mục</h4>{_links(_RELATED, 'div')}</div>"
        f"<div class='footer'>{_FOOTER}</div></div></body></html>"
    )


def _generator(title: str, blocks: Sequence[str], url: str, published: str) -> str:
    body = "".join(
        f"<div><div style='text-align:justify'><span lang='VI'>{block}</span></div></div>" for block in blocks
    )
    return (
        f"<html>{_head(title, url, published)}<body><form id='aspnetForm'><input type='hidden' value='dDwtMTA'>"
        f"<div id='ctl00_menu'><ul>{_links(_MENU)}</ul></div><div id='ctl00_main'>"
        f"<h2 class='ArticleHeader'>{title}</h2><span class='date'>14/01/2021 08:15</span>"
        f"<div class='ArticleContent'>{body}</div>"
        f"<div class='OtherArticles'><ul>{_links(_RELATED)}</ul></div></div>"
        f"<div id='ctl00_footer'>{_FOOTER}<br>Lượt truy cập: 1.234.567</div></form></body></html>"
    )


TEMPLATES: dict[str, Callable[[str, Sequence[str], str, str], str]] = {
    "newspaper": _newspaper,
    "weblog": _weblog,
    "tables": _tables,
    "line breaks": _breaks,
    "page generator": _generator,
}


def page(template: str, title: str, text: str, url: str, published: str) -> str:
    """The page that shows ``text`` (paragraphs divided by line ends) under ``title``."""
    blocks = [html.escape(block, quote=False) for block in text.split("\n") if block.strip()]
    return TEMPLATES[template](html.escape(title, quote=False), blocks, url, published)


def token_f1(found: str, wanted: str) -> float:
    """F1 over the multiset of blank-separated words."""
    from collections import Counter

    left, right = Counter(found.split()), Counter(wanted.split())
    common = (left & right).total()
    return 2 * common / max(1, left.total() + right.total())
