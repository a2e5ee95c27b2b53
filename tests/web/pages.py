"""Every page of the site: each is opened by the tests of the frame. Add the address of a new page here."""

SUBSTANCE = "/substance/furanylfentanyl?on=2023-04-06&in=UN,CN,US,MX,CA,GB"

PAGES = {
    "home": "/",
    "substance": SUBSTANCE,
    "precursor": "/substance/norfentanyl?on=2023-04-06",
    "screen": "/screen",
    "decisions": "/screen/decisions",
    "api": "/api",
    "law": "/law",
    "place": "/law/places/CA",
    "instrument": "/law/instruments/ca-cdsa?on=2023-04-06",
    "rule": "/law/rules/cn-fentanyl-related",
    "changes": "/law/changes?from=2019-01-01&to=2019-12-31&in=CN,CA",
    "compare": "/law/compare?first=CN&second=US&on=2023-04-06&family=fentanyl",
    "changes in pages": "/law/changes?from=2012-01-01&to=2026-11-25&page=2",
    "first": "/law/first/fentanyl",
    "first then": "/law/first/fentanyl?on=2019-04-30",
    "upcoming": "/law/upcoming?on=2026-06-01",
    "situation": "/situation",
    "figures": "/figures",
    "series": "/figures/us-overdose-deaths-all-drugs-12m-predicted?on=2023-04-06&law=CN,US,MX",
    "claims": "/claims",
    "claim": "/claims/deaths-rising?on=2026-11-25",
    "measures": "/measures?in=US,CN",
    "measures beside": "/measures?in=US&in=CN&beside=true",
    "verify": "/verify",
    "no page": "/no-such-page",
}
"""Name and path behind the language."""

LANGUAGES = ("en", "es", "zh")
