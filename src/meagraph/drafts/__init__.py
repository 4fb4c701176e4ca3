"""Drafts of entries as others send them: in any RDF syntax, or as documents that we gave out."""

from meagraph.drafts.documents import Own, may_name_ours
from meagraph.drafts.reading import FORMATS, Draft, read_draft

__all__ = ["FORMATS", "Draft", "Own", "may_name_ours", "read_draft"]
