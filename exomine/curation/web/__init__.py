"""The curation page: a small server on this machine alone, over :mod:`exomine.curation.review`. Needs the extra
``curate``.

``server`` starts it, ``app`` has the routes, ``views`` what the templates show, ``forms`` what comes back, ``guard``
who may ask.
"""
