"""The routes of the curation page. Handlers are plain functions: Starlette runs them beside each other in threads."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from exomine.curation.decisions import Decision
from exomine.curation.originals import Originals
from exomine.curation.queue import Item, Wish
from exomine.curation.review import Done, Overtaken, Review
from exomine.curation.schema import CAUSES
from exomine.curation.web import forms, views
from exomine.curation.web.guard import MOST_BYTES, Guard, same_token
from exomine.document.pdf.backends.picture import page_png
from exomine.errors import CurationError, DocumentError, ExomineError, StorageError
from exomine.vocabulary.lookup import shipped_lookup

__all__ = ["make_app"]

_HERE = Path(__file__).resolve().parent
#: What is served as it is, and as what.
_STATIC = {"curate.css": "text/css", "curate.js": "text/javascript", "icon.svg": "image/svg+xml"}
_SLOT_LABELS = {"cancer": ("CANCER",)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the parts of its path, and the fields of its form or address."""

    path: Mapping[str, Any]
    told: Mapping[str, str]


class Curation:
    """The page over one review. ``token`` must come with whatever writes."""

    def __init__(self, review: Review, originals: Originals, *, token: str) -> None:
        self.review, self.originals, self._token = review, originals, token
        loader = jinja2.FileSystemLoader(_HERE / "templates")
        self._templates = jinja2.Environment(
            loader=loader,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["reach"] = views.reach_told
        self._told = ""
        self.drawn = functools.lru_cache(maxsize=24)(page_png)

    def page(self, name: str, *, status: int = 200, **values: Any) -> Response:
        """A template as an answer; what the last step told is shown once."""
        told, self._told = self._told, ""
        common = {
            "token": self._token,
            "progress": views.progress(self.review),
            "told": told,
            "review": self.review,
            "n_lost": sum(not loss.acknowledged for loss in self.review.lost()),
        }
        return HTMLResponse(self._templates.get_template(name).render(**common, **values), status)

    def failure(
        self, message: str, status: int, *, again: str = "", filled: Mapping[str, str] | None = None
    ) -> Response:
        """A page that says what is wrong, also where the decisions cannot be read.

        What was ``filled`` in stands on it, and can be sent ``again``.
        """
        values = {
            "token": self._token,
            "progress": None,
            "told": "",
            "review": self.review,
            "message": message,
            "n_lost": 0,
            "again": again,
            "filled": views.Filled({name: value for name, value in (filled or {}).items() if name != "token"}),
            "typed": views.typed(filled or {}, self.review.triples.get((filled or {}).get("triple_id", ""), {})),
        }
        return HTMLResponse(self._templates.get_template("error.html").render(**values), status)

    def held(
        self, where: str, filled: Mapping[str, str], message: str, status: int, missed: Sequence[Decision] = ()
    ) -> Response:
        """The page from which a form came, with what was filled in and why nothing was written; ``missed`` are the
        decisions that its curator had not seen."""
        try:
            item = self.review.item(filled.get("triple_id", "")) if where == "/decide" else None
            if item is not None:
                view = self.triple(item, forms.wish_from(forms.fields(filled.get("queue", ""))), filled)
                return self.page("triple.html", status=status, **{**view, "held": message, "missed": missed})
        except ExomineError as error:
            message = message if str(error) == message else f"{message} {error}"
        known = where == "/acknowledge" or (where == "/decide" and filled.get("decision"))
        return self.failure(message, status, again=where if known else "", filled=filled)

    def triple(self, item: Item, wish: Wish, filled: Mapping[str, str]) -> dict[str, Any]:
        """What the page of a triple shows."""
        return views.triple_view(self.review, item, wish, lambda doc_id: self.path_of(doc_id) is not None, filled)

    def tell(self, message: str) -> None:
        """Say something on the next page."""
        self._told = message

    def is_ours(self, told: dict[str, str]) -> bool:
        """Whether a form carries the token of this start."""
        return same_token(told.get("token", ""), self._token)

    def path_of(self, doc_id: str) -> Path | None:
        """The PDF of a paper, where it is still there."""
        document = self.review.passages.documents.get(doc_id)
        if document is None or document["format"] != "pdf":
            return None
        return self.originals.find(doc_id, document["source_path"])


def make_app(review: Review, originals: Originals, *, token: str, port: int) -> Starlette:
    """The application; ``port`` is where it is reached."""
    here = Curation(review, originals, token=token)

    def route(path: str, handler: Callable[..., Response], *, writes: bool = False) -> Route:
        endpoint = functools.partial(_write if writes else _read, here, handler)
        return Route(path, _as_endpoint(endpoint), methods=["POST" if writes else "GET"])

    routes = [
        route("/", _queue),
        route("/triple/{triple_id}", _triple),
        route("/lost", _lost),
        route("/lookup", _lookup),
        route("/paper/{doc_id}/{number:int}.png", _picture),
        route("/static/{name}", _static),
        route("/decide", _decide, writes=True),
        route("/acknowledge", _acknowledge, writes=True),
        route("/undo", _undo, writes=True),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Guard, port=port)])


def _as_endpoint(call: Callable[..., Any]) -> Callable[[Request], Any]:
    """Starlette tells a function of its own by its kind: a partial is none."""

    async def endpoint(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        body = await _body(request) if request.method == "POST" else request.url.query
        answer: Response = await run_in_threadpool(call, request, body)
        return answer

    return endpoint


async def _body(request: Request) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            return b""
        parts.append(part)
    return b"".join(parts)


def _read(here: Curation, handler: Callable[..., Response], request: Request, query: str) -> Response:
    try:
        return handler(here, Asked(request.path_params, forms.fields(query)))
    except ExomineError as error:
        return here.failure(str(error), 500)


def _write(here: Curation, handler: Callable[..., Response], request: Request, body: bytes) -> Response:
    where, told = request.url.path, dict[str, str]()
    try:
        told = forms.fields(body)
        if not here.is_ours(told):
            return here.held(where, told, _EARLIER, 403)
        return handler(here, Asked(request.path_params, told))
    except StorageError as error:
        return here.held(where, told, str(error), 507)
    except CurationError as error:
        return here.held(where, told, str(error), 409)


_EARLIER = "The page was of an earlier start of exomine curate. Look at it as it is now, and decide again."
_MEANWHILE = "Decided on since this page was loaded:"
_TAKEN_AWAY = "Decisions on this were taken out of decisions.csv since this page was loaded."


def _queue(here: Curation, asked: Asked) -> Response:
    return here.page(
        "queue.html", **views.queue_view(here.review, forms.wish_from(asked.told), forms.page_from(asked.told))
    )


def _triple(here: Curation, asked: Asked) -> Response:
    item = here.review.item(asked.path["triple_id"])
    if item is None:
        return here.failure("There is no such triple in these tables.", 404)
    return here.page("triple.html", **here.triple(item, forms.wish_from(asked.told), {}))


def _lost(here: Curation, _: Asked) -> Response:
    return here.page("lost.html", losses=here.review.lost(), causes=CAUSES)


def _acknowledge(here: Curation, asked: Asked) -> Response:
    done = here.review.acknowledge(asked.told.get("triple_id", ""))
    if done is None:
        raise CurationError("There is no such lost statement.")
    here.tell(f"Seen as lost: {here.review.said(done.triple_id)}")
    return RedirectResponse("/lost", 303)


def _lookup(here: Curation, asked: Asked) -> Response:
    lookup = shipped_lookup().using(here.review.used)
    found = lookup.search(
        asked.told.get("q", "")[:100], labels=_SLOT_LABELS.get(asked.told.get("slot", ""), ()), limit=10
    )
    return JSONResponse([{"curie": f.curie, "name": f.name, "label": f.label, "synonym": f.synonym} for f in found])


def _picture(here: Curation, asked: Asked) -> Response:
    path = here.path_of(asked.path["doc_id"])
    if path is None:
        return PlainTextResponse("The PDF is not there.\n", 404)
    try:
        png = here.drawn(path, asked.path["number"])
    except DocumentError as error:
        return PlainTextResponse(f"{error}\n", 404)
    return Response(png, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


def _static(_: Curation, asked: Asked) -> Response:
    name = asked.path["name"]
    if name == "labels.css":
        return Response(views.colours(), media_type="text/css")
    if name not in _STATIC:
        return PlainTextResponse("There is no such file.\n", 404)
    return Response((_HERE / "static" / name).read_bytes(), media_type=_STATIC[name])


def _decide(here: Curation, asked: Asked) -> Response:
    review, wish, scope = (
        here.review,
        forms.wish_from(forms.fields(asked.told.get("queue", ""))),
        forms.scope_from(asked.told),
    )
    relation = review.relation(asked.told.get("triple_id", ""), asked.told.get("evidence_id", ""))
    if relation is None:
        raise CurationError("There is no such sentence in these tables.")
    triple_id = relation["triple_id"]
    row = review.triples[triple_id] if scope == "triple" else relation
    decision = forms.decision_from(asked.told, row, scope, review.names)
    coming, reach = views.after(review, triple_id, wish), review.reach(relation, scope)
    if decision.decision == "withdraw":
        reach = replace(reach, keys=tuple(key for key in reach.keys if review.in_force(key)))
        if not reach.keys:
            raise CurationError("Nothing is decided on that yet which could be taken back.")
    done = review.decide(triple_id, reach, decision, seen=forms.seen_from(asked.told))
    if isinstance(done, Overtaken):
        message = _MEANWHILE if done.decisions else _TAKEN_AWAY
        return here.held("/decide", asked.told, message, 409, done.decisions)
    here.tell(_told(review, done))
    where = coming if scope == "triple" and coming and decision.decision != "withdraw" else triple_id
    return RedirectResponse(f"/triple/{where}?{forms.address(wish)}", 303)


def _undo(here: Curation, asked: Asked) -> Response:
    wish = forms.wish_from(forms.fields(asked.told.get("queue", "")))
    done = here.review.undo()
    if done is None:
        here.tell("There is nothing to take back.")
        return RedirectResponse(f"/?{forms.address(wish)}", 303)
    if isinstance(done, Overtaken):
        others = " and ".join(sorted({d.curator or "somebody" for d in done.decisions})) or "somebody"
        here.tell(f"Not taken back, since {others} decided on it again: {here.review.said(done.triple_id)}")
    else:
        here.tell(f"Taken back: {here.review.said(done.triple_id)}")
    if done.triple_id not in here.review.triples:
        return RedirectResponse("/lost", 303)
    return RedirectResponse(f"/triple/{done.triple_id}?{forms.address(wish)}", 303)


_PAST = {"accept": "Accepted", "reject": "Rejected", "edit": "Edited", "uncertain": "Put off", "withdraw": "Taken back"}


def _told(review: Review, done: Done) -> str:
    """What was done, in a line."""
    n, first = len(done.written), done.written[0]
    what = _PAST[first.decision]
    undated = "" if all(d.date for d in done.written) else _UNDATED
    if n == 1:
        only = " (this sentence only)" if first.evidence_id else ""
        return f"{what}{only}: {review.triples[done.triple_id]['statement']}{undated}"
    return f"{what}: {n} sentences{undated}"


#: A date of now would lose against the one that is still to come.
_UNDATED = " (written without a date, so that it counts: the decision before it has a date that is still to come)"
