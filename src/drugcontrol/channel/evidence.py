"""Making evidence: everything that is known of a message, in one file that others can verify without us."""

from datetime import datetime

from drugcontrol.channel import bundle, store
from drugcontrol.channel.authority import Authority
from drugcontrol.channel.cosigning import cosignatures, only_known
from drugcontrol.channel.document import Header as Facts
from drugcontrol.channel.document import as_html
from drugcontrol.channel.encoding import encode
from drugcontrol.channel.exchange import RegisterProof
from drugcontrol.channel.history import KeyHistory, KeyRing, write_history
from drugcontrol.channel.instant import text
from drugcontrol.channel.ladder import Event, event_of
from drugcontrol.channel.messages import decode
from drugcontrol.channel.policy import Policy, write_policy
from drugcontrol.channel.statement import Statement, read_statement
from drugcontrol.errors import UsageError
from drugcontrol.law.rows import Language


def make_bundle(
    authority: Authority,
    message_id: bytes,
    now: datetime,
    *,
    with_sealed: bool = False,
    open_content: bool = False,
    languages: tuple[Language, Language] = ("en", "es"),
) -> bytes:
    """Make the evidence bundle of a message that was sent or received here.

    Parameters
    ----------
    with_sealed : bool
        Enclose the sealed content, which only its recipients can open.
    open_content : bool
        Open the commitment: enclose content, salt, calendar and a document to print. Whoever gets the bundle reads it.
    languages : tuple of {"en", "es", "zh"}
        Of the document.

    Raises
    ------
    UsageError
        When the message is not known here, or its content was erased.
    """
    with authority.register() as register:
        known = store.known(authority, register, message_id, now)
    statement = read_statement(known.statement)
    members = {bundle.STATEMENT: known.statement, "policy.json": write_policy(authority.policy)}
    if (with_sealed or open_content) and known.sealed is None:
        raise UsageError("The content of this message was erased here.", "Make the bundle without it.")
    if with_sealed and known.sealed is not None:
        members["sealed.cbor"] = known.sealed
    if open_content and known.sealed is not None:
        opened = store.open_content(authority, statement, known.sealed)
        members |= {"content.json": opened.content, "content.salt": opened.salt}
        members["document.html"] = document(statement, opened.content, languages).encode()
        if known.calendar is not None:
            members["calendar.txt"] = known.calendar
    members |= _receipts(known.proofs)
    keyring = authority.keyring()
    witnesses = _witnessed(members, known.proofs, authority.policy, keyring)
    owners = sorted({statement.header.issuer, authority.name, *(part.origin for part in known.proofs), *witnesses})
    members |= _keys([keyring[owner] for owner in owners])
    facts = {"message_id": message_id.hex(), "simulation": statement.header.simulation}
    return bundle.pack(members, facts, authority.name, authority.secret("statement"), now)


def document(statement: Statement, content: bytes, languages: tuple[Language, Language]) -> str:
    """Write the page to print of a message, with the facts of its signed header."""
    return as_html(decode(content), languages, document_facts(statement))


def document_facts(statement: Statement) -> Facts:
    """Give the facts of a signed header that a document prints."""
    header = statement.header
    numbers = "; ".join(f"{recipient.name}: {recipient.sequence}" for recipient in header.to)
    others = {"issued_at": text(header.issued_at), "thread": header.thread, "sequence": numbers}
    return Facts(statement.message_id.hex(), {**others, "signer": header.issuer})


def _receipts(parts: tuple[RegisterProof, ...]) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    for number, part in enumerate(parts, start=1):
        members[f"checkpoints/{number:02}.txt"] = part.checkpoint.encode()
    order = list(Event)
    proofs = [proof for part in parts for proof in part.proofs]
    for number, proof in enumerate(sorted(proofs, key=lambda proof: order.index(event_of(proof.entry.event))), start=1):
        members[f"receipts/{number:03}.entry.cbor"] = proof.entry.record
        members[f"receipts/{number:03}.receipt.cose"] = proof.receipt
        if proof.detail is not None:
            members[f"receipts/{number:03}.detail.cbor"] = proof.detail
    return members


def _witnessed(
    members: dict[str, bytes], parts: tuple[RegisterProof, ...], policy: Policy, keyring: KeyRing
) -> set[str]:
    """Enclose the states that witnesses signed, with the proofs that they are part of the states of the receipts."""
    names: set[str] = set()
    for number, part in enumerate(parts, start=1):
        if part.witnessed is not None:
            text, path = part.witnessed
            kept = only_known(text, policy, keyring)
            signed = cosignatures(kept, keyring)
            if signed:
                members[f"witnessed/{number:02}.txt"] = kept.encode()
                members[f"witnessed/{number:02}.cbor"] = encode(path)
                names |= set(signed)
    return names


def _keys(histories: list[KeyHistory]) -> dict[str, bytes]:
    return {
        f"keys/{number:02}.json": write_history(history).encode() for number, history in enumerate(histories, start=1)
    }
