import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.security_workforce.engine import seal
from odoo.addons.security_workforce.engine.photo import BadPhoto, clean
from odoo.addons.security_workforce.engine.verify_logbook import commit

from .security_logbook_entry import WRITING

# Where a transaction notes that what it writes will be sealed.
SEAL = "security_logbook_seal"
LONGEST = 10_000
MOST_BYTES = 20 * 1024 * 1024
MOST_PERSONS = 20


class SecurityLogbookEntry(models.Model):
    """How entries are written: by hand, by what happens, about another entry."""

    _inherit = "security.logbook.entry"

    @api.model
    def _note(self, site, kind, happened_at, **values):
        """Write an entry; the only way to.

        :param site: ``security.site``
        :param kind: key of ``KINDS``
        :param happened_at: naive UTC, time of the fact
        :param values: ``text``, ``category`` (record, or a code; by default the code
            is the kind), ``shift``, ``post``, ``incident``, ``employee``, ``target``
            (records), ``persons`` ([{"role", "name"}]), ``photos`` (list of bytes),
            ``entered_at``, ``received_at``, ``device``, ``uuid``
        :return: the entry, in sudo
        """
        return self._note_many(
            [{**values, "site": site, "kind": kind, "at": happened_at}]
        )

    @api.model
    def _note_many(self, notes):
        """Write several: each a dict as for ``_note``, with ``site, kind, at``."""
        photos = [[self._clean_photo(p) for p in n.get("photos") or ()] for n in notes]
        # sudo: nobody has the right to write a register.
        writer = self.sudo().with_context(security_logbook_writing=WRITING)
        entries = writer.create(
            [self._vals(note, kept) for note, kept in zip(notes, photos, strict=True)]
        )
        for entry, kept in zip(entries, photos, strict=True):
            entry._attach(kept)
        self._ask_for_seal()
        return entries.with_context(security_logbook_writing=None)

    def _ask_for_seal(self):
        """Once for each transaction, after it: what was undone asks for nothing, and
        each call of the cron is a connection more. It also runs by itself."""
        postcommit = self.env.cr.postcommit
        if SEAL not in postcommit.data:
            postcommit.data[SEAL] = True
            postcommit.add(self.browse()._call_seal)

    def _call_seal(self):
        with self.env.registry.cursor() as cr:
            env = self.env(cr=cr, su=True)
            env.ref("security_incidents.ir_cron_logbook_seal")._trigger()

    def _vals(self, note, photos):
        shift = note.get("shift") or self.env["security.shift"]
        site, now = note["site"].sudo(), fields.Datetime.now()
        category = self._category(note.get("category") or note["kind"])
        guard = (note.get("employee") or shift.sudo().employee_id).sudo()
        content = {
            "text": (note.get("text") or "").strip()[:LONGEST] or None,
            "persons": self._clean_persons(note.get("persons")) or None,
            "author_name": guard.name or self.env.user.name,
        }
        salt = seal.new_salt()
        digests = note.get("digests") or [digest for digest, _data in photos]
        return {
            **content,
            "salt": salt,
            "commitment": commit(salt, seal.sealable(content)),
            "logbook_id": self.env["security.logbook"]._of(site).id,
            "company_id": site.company_id.id,
            "site_id": site.id,
            "post_id": (note.get("post") or shift.sudo().post_id).id,
            "shift_id": shift.id,
            "incident_id": note["incident"].id if note.get("incident") else False,
            "kind": note["kind"],
            "category_id": category.id,
            "category_code": category.code,
            "happened_at": note["at"],
            "entered_at": note.get("entered_at") or now,
            "received_at": note.get("received_at") or now,
            "employee_id": guard.id,
            "user_id": self.env.uid,
            "device": note.get("device"),
            "uuid": note.get("uuid") or self._new_uuid(),
            "photo_hashes": json.dumps(digests) if digests else False,
            "target_id": note["target"].id if note.get("target") else False,
        }

    @api.model
    def _category(self, wanted):
        """A category, from itself or its code; the one for all else when unknown."""
        if not isinstance(wanted, str):
            return wanted.sudo()
        categories = self.env["security.logbook.category"].sudo()
        return categories.browse(categories._id_of(wanted))

    @api.model
    def _clean_persons(self, persons):
        """Persons by their role; a refusal when they are not."""
        roles, clean = self._roles(), []
        for person in persons or ():
            if person.get("role") not in roles or len(clean) >= MOST_PERSONS:
                raise UserError(
                    self.env._(
                        "Give each person one of these roles: %(roles)s; at most "
                        "%(most)s persons.",
                        roles=", ".join(roles.values()),
                        most=MOST_PERSONS,
                    )
                )
            name = str(person.get("name") or "").strip()[:200]
            clean.append({"role": person["role"], "name": name})
        return clean

    # ------------------------------------------------------------
    # PHOTOS
    # ------------------------------------------------------------

    @api.model
    def _clean_photo(self, data):
        """(SHA-256, JPEG) of a picture that was sent; a refusal says what is wrong."""
        try:
            if len(data) > MOST_BYTES:
                raise BadPhoto("size")
            kept = clean(data)
        except BadPhoto as refused:
            if refused.reason == "size":
                sentence = self.env._(
                    "This photo is too large: send one of 20 MB and 60 million pixels "
                    "at most."
                )
            else:
                sentence = self.env._(
                    "This file is no photo: send a JPEG, PNG or WebP picture."
                )
            raise UserError(sentence) from refused
        return hashlib.sha256(kept).hexdigest(), kept

    def _attach(self, photos):
        self.ensure_one()
        self.env["ir.attachment"].sudo().create(
            [
                {
                    "name": f"{digest[:12]}.jpg",
                    "raw": data,
                    "mimetype": "image/jpeg",
                    "res_model": self._name,
                    "res_id": self.id,
                }
                for digest, data in photos
            ]
        )

    def _photo_files(self):
        """(SHA-256, JPEG) of the photos that are there."""
        for photo in self.sudo().photo_ids:
            data = photo.raw or b""
            yield hashlib.sha256(data).hexdigest(), data

    def _photo_arrived(self, attachment):
        """A photo came after its entry: an entry of its own seals it."""
        self.ensure_one()
        photo = attachment.sudo().with_context(security_logbook_writing=WRITING)
        digest = hashlib.sha256(photo.raw or b"").hexdigest()
        added = self._about("photo", digests=[digest], employee=self.employee_id)
        photo.write({"res_model": self._name, "res_id": added.id})
        return added

    @api.model
    def _digests_of(self, book):
        """Function (number of an entry) -> SHA-256 of the files that are there."""

        def digests(seq):
            self.env.cr.execute(
                "SELECT id FROM security_logbook_entry WHERE logbook_id = %s"
                " AND seq = %s ORDER BY id LIMIT 1",
                [book.id, seq],
            )
            found = [("res_model", "=", self._name)]
            found.append(("res_id", "=", self.env.cr.fetchone()[0]))
            files = self.env["ir.attachment"].sudo().search(found)
            files.invalidate_recordset()
            return [hashlib.sha256(f.raw or b"").hexdigest() for f in files]

        return digests

    # ------------------------------------------------------------
    # ABOUT ANOTHER ENTRY
    # ------------------------------------------------------------

    def _about(self, kind, at=None, **values):
        """An entry that points to this one, on the same place."""
        self.ensure_one()
        return self._note(
            self.site_id,
            kind,
            at or self.happened_at,
            target=self,
            shift=self.shift_id,
            post=self.post_id,
            incident=self.incident_id,
            **{"category": self.category_id, **values},
        )

    def _correct(self, text, **values):
        """Correct this entry by another one; the first text stays."""
        if not (text or "").strip():
            raise UserError(self.env._("Write what is right: the correction is empty."))
        return self._about("correction", text=text, employee=self._writer(), **values)

    def _writer(self):
        return (
            self.env["hr.employee"]
            .sudo()
            .search(
                [
                    ("user_id", "=", self.env.uid),
                    ("company_id", "=", self.company_id.id),
                ],
                limit=1,
            )
        )

    def _redact(self, reason):
        """Erase what is personal of these entries; each leaves a record of why.

        :param reason: not empty; it names no one
        """
        groups = "security_workforce.group_security_compliance_officer"
        if not self.env.su and not self.env.user.has_group(groups):
            raise AccessError(
                self.env._(
                    "Compliance officers redact the log book: ask one of them, with "
                    "the reason."
                )
            )
        self.check_access("read")
        if not (reason or "").strip():
            raise UserError(self.env._("Write why these entries are redacted."))
        for entry in self:
            if not entry.seq:
                raise UserError(
                    self.env._(
                        "This entry is not sealed yet: redact it in a minute, once it "
                        "has its number."
                    )
                )
            if entry.is_redacted:
                raise UserError(
                    self.env._("Entry %(entry)s is redacted already.", entry=entry.seq)
                )
        for entry in self:
            entry._about(
                "redaction",
                at=fields.Datetime.now(),
                text=reason,
                category="redaction",
                employee=self._writer(),
            )
            entry.sudo().photo_ids.with_context(
                security_logbook_writing=WRITING
            ).unlink()
        self._forget()
