"""The annotated corpus: records, the short form that annotators write, layout from papers, checks, agreement.

Guidelines: docs/annotation.md; the data and its card: corpus/.
"""
