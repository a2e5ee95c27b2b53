"""The rows of the data files, as written. ``docs/data-guide.md`` is their description for people."""

from typing import Literal, get_args

import msgspec

Language = Literal["en", "es", "zh"]
"""The languages in which everything is answered."""

LANGUAGES: tuple[Language, ...] = get_args(Language)

Text = dict[str, str]
"""Text for people by language; ``en`` is always there."""

Known = Literal["official", "two-sources", "one-source", "inferred"]
"""How well a dated fact is known, strongest first."""

Kind = Literal["narcotic", "psychotropic", "nps", "precursor", "export"]
"""Kind of control, in the order in which findings are shown."""

Family = Literal["fentanyl", "nitazene", "opioid", "precursor", "other"]
Reach = Literal["included", "excluded", "silent"]
StereoReach = Literal["included", "optical", "excluded", "silent"]
Stereo = Literal["none", "absolute", "relative", "unclear"]
Grade = Literal["full", "skeleton", "single"]
NoStructure = Literal[
    "material", "preparation", "protein", "class", "allotrope", "name_only", "unreadable", "ambiguous"
]
"""Why a registered substance has no structure; put into words by :mod:`drugcontrol.report`."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all rows: immutable, unknown keys refused."""


class Witness(Row, frozen=True, kw_only=True):
    """One independent source of a structure."""

    list: str
    printed: str = ""
    read_as: str = ""
    inchikey: str = ""
    cas: str = ""
    outvoted: str = ""
    note: str = ""


class Structure(Row, frozen=True, kw_only=True):
    """A structure and how well it is known."""

    smiles: str
    inchikey: str
    stereo: Stereo
    grade: Grade
    witnesses: tuple[Witness, ...]


class SubstanceRow(Row, frozen=True, kw_only=True):
    """What the law names: one substance with its names, numbers and structure."""

    id: str
    name: str
    names: dict[str, tuple[str, ...]] = {}
    families: tuple[Family, ...]
    cas: tuple[str, ...] = ()
    cn_codes: tuple[str, ...] = ()
    structure: Structure | None = None
    no_structure: NoStructure | Literal[""] = ""
    note: str = ""


class SubstanceFile(Row, frozen=True, kw_only=True):
    """A file below ``data/substances``."""

    substances: tuple[SubstanceRow, ...]


class Membership(Row, frozen=True, kw_only=True):
    """A time in which a jurisdiction is under the law of a group of States."""

    group: str
    since: str = msgspec.field(name="from")
    until: str = ""
    note: str = ""


class NotCovered(Row, frozen=True, kw_only=True):
    """A list that exists and of which nothing is held, why, and where its official text stands."""

    kind: Kind
    what: Text
    why: Text = {}
    address: str = ""


class JurisdictionRow(Row, frozen=True, kw_only=True):
    """A place whose law is asked about: ISO 3166 code, ``UN`` or ``EU``.

    Attributes
    ----------
    languages : tuple of str
        Tags of the languages in which its acts are authentic (BCP 47); titles in any other are translations.
    """

    id: str
    name: Text
    languages: tuple[str, ...] = ()
    member_of: tuple[Membership, ...] = ()
    not_covered: tuple[NotCovered, ...] = ()
    notes: tuple[Text, ...] = ()


class JurisdictionFile(Row, frozen=True, kw_only=True):
    """``data/law/jurisdictions.yaml``."""

    jurisdictions: tuple[JurisdictionRow, ...]


class Source(Row, frozen=True, kw_only=True):
    """Something that was read."""

    id: str
    title: str
    address: str = ""
    read: Literal["whole", "extract", "opening"]
    note: str = ""


class Extent(Row, frozen=True, kw_only=True):
    """Which forms of a named substance an entry reaches."""

    salts: Reach = "silent"
    stereoisomers: StereoReach = "silent"
    esters: Reach = "silent"
    ethers: Reach = "silent"
    preparations: Reach = "silent"


class ExtentChange(Row, frozen=True, kw_only=True):
    """What an entry changes in the extent of its schedule."""

    salts: Reach | None = None
    stereoisomers: StereoReach | None = None
    esters: Reach | None = None
    ethers: Reach | None = None
    preparations: Reach | None = None


class ScheduleRow(Row, frozen=True, kw_only=True):
    """A schedule, table, category or annex of an instrument."""

    id: str
    name: Text
    kind: Kind
    extent: Extent = Extent()
    extent_note: str = ""
    within: str = ""
    only_to: tuple[str, ...] = ()
    official: str = ""
    sources: tuple[str, ...] = ()


class ProvisionRow(Row, frozen=True, kw_only=True):
    """An act that changes something on one day."""

    id: str
    act: str
    decided: str = ""
    published: str = ""
    effective: str
    expires: str = ""
    known: Known
    sources: tuple[str, ...]
    address: str = ""
    note: str = ""


class ListingRow(Row, frozen=True, kw_only=True):
    """A substance in a schedule, from a provision until a provision."""

    id: str
    substance: str
    schedule: str
    item: str = ""
    printed: str = ""
    by: tuple[str, ...]
    until: str = ""
    extent: ExtentChange = ExtentChange()
    excludes: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    only_to: tuple[str, ...] = ()
    wording: str = ""
    conditions: str = ""
    known: Known
    sources: tuple[str, ...]
    note: str = ""


class ApartRow(Row, frozen=True, kw_only=True):
    """An entry of the official text that is no listing of a substance, and why."""

    schedule: str
    item: str = ""
    printed: str
    why: Literal["class", "plant", "preparation", "duplicate", "unregistered"]
    note: str = ""


class CoverageRow(Row, frozen=True, kw_only=True):
    """What is held of a schedule, for which families and which days."""

    schedule: str
    families: tuple[Family | Literal["all"], ...]
    since: str = msgspec.field(name="from")
    to: str
    state: Literal["complete", "partial"]
    missing: Text = {}
    sources: tuple[str, ...]


class InstrumentRow(Row, frozen=True, kw_only=True):
    """One legal instrument: a file below ``data/law/<jurisdiction>``."""

    id: str
    jurisdiction: str
    applies_in: tuple[str, ...] = ()
    title: Text
    official_id: str = ""
    official_address: str = ""
    note: str = ""
    sources: tuple[Source, ...]
    schedules: tuple[ScheduleRow, ...]
    provisions: tuple[ProvisionRow, ...]
    listings: tuple[ListingRow, ...] = ()
    apart: tuple[ApartRow, ...] = ()
    coverage: tuple[CoverageRow, ...] = ()


class ChangeRow(Row, frozen=True, kw_only=True):
    """One change of a portion that a clause allows; words of the vocabulary in ``groups``."""

    clause: str
    how: Literal["carries", "replaced", "ring replaced", "element"]
    groups: tuple[str, ...]
    may_carry: tuple[str, ...] = ()
    question: str = ""


class PortionRow(Row, frozen=True, kw_only=True):
    """A place of the core (map numbers) and what hangs there in the reference compound; hydrogen if nothing is said."""

    id: str
    name: Text
    at: tuple[int, ...]
    reference: str = ""
    changes: tuple[ChangeRow, ...] = ()


class DrawnRow(Row, frozen=True, kw_only=True):
    """A published compound that is no registered substance, with its structure and where it is printed."""

    name: str
    smiles: str
    printed: str = ""


class ClauseRow(Row, frozen=True, kw_only=True):
    """A clause in our own words, with published substances (by id, or drawn) that meet it and that do not."""

    id: str
    says: Text
    members: tuple[str | DrawnRow, ...] = ()
    outside: tuple[str | DrawnRow, ...] = ()


class RulingRow(Row, frozen=True, kw_only=True):
    """An act by which an authority or court closed a question, or placed substances in the class."""

    act: str
    on: str
    question: str = ""
    answer: Literal["yes", "no"] = "yes"
    substances: tuple[str, ...] = ()
    sources: tuple[str, ...]
    note: str = ""


class RuleTextRow(Row, frozen=True, kw_only=True):
    """A text in which a class rule stands: where, since when, with what extent and exceptions, in our own words."""

    id: str
    title: Text
    schedule: str
    item: str = ""
    by: tuple[str, ...]
    until: str = ""
    term: Literal["permanent", "temporary"] = "permanent"
    says: Text
    address: str
    gives_way_to: tuple[str, ...] = ()
    known: Known
    sources: tuple[str, ...]


class ClassRuleRow(Row, frozen=True, kw_only=True):
    """A class rule: a file below ``law/<jurisdiction>/rules``. It may stand in several texts, one after another."""

    id: str
    title: Text
    instrument: str
    form: Literal["derived_from", "general_formula", "open_standard"]
    reference: str = ""
    families: tuple[Family, ...]
    texts: tuple[RuleTextRow, ...]
    reading: tuple[str, ...]
    open_questions: tuple[str, ...] = ()
    question: str = ""
    core: tuple[str, ...]
    core_from_picture: tuple[str, ...] = ()
    portions: tuple[PortionRow, ...] = ()
    clauses: tuple[ClauseRow, ...] = ()
    requires: tuple[str, ...] = ()
    other_additions: Literal["any", "open", "no"] = "no"
    mass_limit: float | None = None
    excludes: tuple[DrawnRow, ...] = ()
    outside: tuple[str, ...] = ()
    rulings: tuple[RulingRow, ...] = ()
    reviewed_by: str = ""


class CaseRow(Row, frozen=True, kw_only=True):
    """A question with its expected answer: a lawyer's test."""

    substance: str
    on: str
    expect: Literal["controlled", "review", "not_listed", "not_held"]
    instrument: str = ""
    schedule: str = ""
    kind: Kind | Literal[""] = ""
    since: str = ""
    until: str = ""
    question: str = ""
    coverage: Literal["complete", "partial", ""] = ""
    to: str = ""
    cite: str


class CaseFile(Row, frozen=True, kw_only=True):
    """``cases.yaml`` of a jurisdiction."""

    cases: tuple[CaseRow, ...]


class EditionFile(Row, frozen=True, kw_only=True):
    """``data/edition.yaml``."""

    version: str


class Edition(Row, frozen=True, kw_only=True):
    """All rows of the law in one value: what is compiled, exported and named by a digest."""

    format: int = 1
    version: str
    jurisdictions: tuple[JurisdictionRow, ...]
    substances: tuple[SubstanceRow, ...]
    instruments: tuple[InstrumentRow, ...]
    rules: tuple[ClassRuleRow, ...] = ()
