"""Organs as headings name them, and the names of their cancer: "5.1 Prostate" is about prostate cancer where the
paper names it.
"""

from __future__ import annotations

__all__ = ["HEADING", "ORGANS"]

_C = r"(?: cancers?| carcinomas?| tumou?rs?| malignant neoplasms?)"

#: Heading in lower case (whole, without its number) -> a pattern over names and texts of the mentions that mean its
#: cancer.
ORGANS: tuple[tuple[str, str], ...] = (
    ("prostate", rf"prostat(?:e|ic){_C}"),
    ("breasts?|mammary glands?", rf"(?:breast|mammary){_C}"),
    ("lungs?", rf"(?:lung|pulmonary){_C}"),
    ("liver", rf"(?:liver|hepatic){_C}|hepatocellular carcinomas?"),
    ("stomach|gastric", rf"(?:stomach|gastric){_C}"),
    ("colon", rf"(?:colon|colonic|colorectal){_C}"),
    ("colorect(?:al|um)|colon and rectum|bowel|large intestine", rf"(?:colorectal|bowel|colon){_C}"),
    ("rectum", rf"(?:rectal|rectum|colorectal){_C}"),
    ("pancreas|pancreatic", rf"(?:pancreatic|pancreas){_C}"),
    ("ovar(?:y|ies)|ovarian", rf"(?:ovarian|ovary){_C}"),
    ("cervix|cervical", rf"(?:cervical|cervix|uterine cervical){_C}"),
    ("endometrium|endometrial|uterus", rf"(?:endometrial|uterine){_C}"),
    ("(?:urinary )?bladder", rf"(?:urinary )?bladder{_C}"),
    ("kidneys?|renal", rf"(?:kidney|renal|renal cell){_C}"),
    ("o?esophag(?:us|eal)", rf"o?esophageal{_C}"),
    ("thyroid(?: gland)?", rf"thyroid(?: gland)?{_C}"),
    ("brain", rf"brain{_C}|gliomas?"),
    ("head and neck", rf"head and neck(?: squamous cell)?{_C}"),
    ("mouth|oral cavity", rf"(?:oral|oral cavity|mouth){_C}"),
    ("nasopharyn(?:x|geal)", rf"nasopharyn(?:x|geal){_C}"),
    ("testis|testes|testicles?", rf"testicular{_C}"),
    ("gallbladder", rf"gallbladder{_C}"),
    ("bile ducts?", rf"bile duct{_C}|cholangiocarcinomas?"),
)
#: What may stand around the organ in a heading; the organ is the group.
HEADING = (
    r"(?:(?:\d+|[ivx]+|[a-z])(?:\.\d+)*[.):]?\s+)?(?:(?:in|of) )?(?:the )?(.+?)"
    r"(?: (?:cancers?|tumou?rs?|carcinomas?|malignanc(?:y|ies)|neoplasms?|tissues?))?[.:]?"
)
