"""The page of the queue: one web application on the loopback address, for the person who sits at this machine.

It answers only those who came with the one-time address that ``jixiao review`` printed, only under the host name it was
started with, and loads nothing from anywhere else.
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import Body, FastAPI, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipelines.review.making import DecideError
from pipelines.review.queue import read_queue
from pipelines.review.record import Review
from pipelines.review.sources import SourceFolder
from pipelines.review.surroundings import read_surroundings
from warehouse.home import Home

HERE = Path(__file__).parent
COOKIE = "jixiao_review"
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
SOURCE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox allow-same-origin"
)
"""A filing's own page: no script runs in it, whatever stands in the filing."""
STATIC = {"review.js": "text/javascript", "review.css": "text/css"}
LONGEST_BODY = 1_000_000
"""Room for a word about each of some thousand names."""


def make_app(home: Home, host: str, token: str) -> FastAPI:
    """Make the application for a home; ``host`` is ``127.0.0.1:port``, ``token`` opens it once."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    session = secrets.token_urlsafe(32)
    _add_guard(app, host, session)
    _add_page(app, home, session, {token})
    review = Review(home)
    _add_queue(app, home, review)
    _add_decisions(app, review)
    return app


def _add_guard(app: FastAPI, host: str, session: str) -> None:
    """Let only those pass who opened the page here; say in every answer what a browser may load."""

    @app.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        why = _why_refused(request, host, session)
        if why is not None:
            return why
        response = await call_next(request)
        policy = SOURCE_POLICY if request.url.path.startswith("/source/") else CONTENT_POLICY
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response


def _why_refused(request: Request, host: str, session: str) -> Response | None:
    """Give the refusal of a request under another name, without the cookie, or that changes something from elsewhere."""
    if request.headers.get("host") != host:
        return Response("不认识的主机名", HTTPStatus.MISDIRECTED_REQUEST)
    opening = request.url.path == "/open"
    if not opening and not secrets.compare_digest(request.cookies.get(COOKIE, ""), session):
        return Response("请用 jixiao review 显示的网址打开。", HTTPStatus.FORBIDDEN)
    if request.method != "GET" and (
        request.headers.get("origin") != f"http://{host}"
        or int(request.headers.get("content-length") or 0) > LONGEST_BODY
    ):
        return Response("来源不对", HTTPStatus.FORBIDDEN)
    return None


def _add_page(app: FastAPI, home: Home, session: str, unused: set[str]) -> None:
    """Add the address that opens the page once, the page, and what it loads."""

    @app.get("/open")
    def open_once(token: str) -> Response:
        if token not in unused:
            return Response("这个网址只能用一次，请重新运行 jixiao review。", HTTPStatus.FORBIDDEN)
        unused.discard(token)
        answer = RedirectResponse("/", HTTPStatus.SEE_OTHER)
        answer.set_cookie(COOKIE, session, httponly=True, samesite="strict")
        return answer

    @app.get("/")
    def page() -> HTMLResponse:
        return HTMLResponse(_template().render(home=str(home.path), is_demo=home.is_demo))

    @app.get("/favicon.ico")
    def no_icon() -> Response:
        return Response(status_code=HTTPStatus.NO_CONTENT)

    @app.get("/static/{name}")
    def static(name: str) -> Response:
        if name not in STATIC:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return FileResponse(HERE / name, media_type=STATIC[name])


def _add_queue(app: FastAPI, home: Home, review: Review) -> None:
    """Add what is looked at: the items, the cells around one, the filings' own pages."""
    sources = SourceFolder(home)

    @app.get("/items")
    def items() -> JSONResponse:
        try:
            return JSONResponse([shown(one) for one in review.with_decisions(read_queue(home))])
        except DecideError as error:
            return JSONResponse({"error": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY)

    @app.get("/items/{key}")
    def item(key: str) -> JSONResponse:
        found = next((one for one in read_queue(home) if one.key == key), None)
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return JSONResponse(asdict(read_surroundings(home, found)))

    @app.get("/source/{filing_id}/{name:path}")
    def source(filing_id: str, name: str) -> Response:
        names = {one.filing_id: one.file_name for one in read_queue(home)}
        path = sources.find(filing_id, names[filing_id], name) if filing_id in names else None
        if path is None:
            return HTMLResponse("<p>没有这份文件的原件页面：文件已不在收件目录中。</p>", HTTPStatus.NOT_FOUND)
        return FileResponse(path)


def _add_decisions(app: FastAPI, review: Review) -> None:
    """Add what is done: a decision, and taking the last one back."""

    @app.post("/decide")
    def decide(body: Annotated[dict[str, Any], Body()]) -> JSONResponse:
        try:
            return JSONResponse(review.decide(body))
        except DecideError as error:
            return JSONResponse({"error": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY)

    @app.post("/decide-all")
    def decide_all(body: Annotated[list[dict[str, Any]], Body()]) -> JSONResponse:
        try:
            return JSONResponse({"decided": review.decide_all(body)})
        except DecideError as error:
            return JSONResponse({"error": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY)

    @app.post("/undo")
    def undo() -> JSONResponse:
        try:
            return JSONResponse(review.undo())
        except DecideError as error:
            return JSONResponse({"error": str(error)}, HTTPStatus.UNPROCESSABLE_ENTITY)


def shown(item: Any) -> dict[str, object]:
    """Give an item as the page's script gets it."""
    return {**asdict(item), "key": item.key, "anchor": item.anchor}


def _template() -> Any:
    environment = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("page.html.jinja")
