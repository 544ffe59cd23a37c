import os
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import config

from ..engine import seal

SETTING = "security_key_secret"


class SecuritySealKey(models.Model):
    """A key that checkpoints are signed with; the public half is for everybody.

    The private half is encrypted with a secret that the database does not hold, and
    each row carries a proof made with it: who writes SQL can neither sign nor add a key
    of his own.
    """

    _name = "security.seal.key"
    _description = "Key of the Seals"
    _order = "id desc"
    _rec_name = "kid"

    kid = fields.Char("Key Name", required=True, readonly=True, copy=False)
    public_key = fields.Char(required=True, readonly=True, copy=False)
    private_key = fields.Text(
        readonly=True, copy=False, groups="base.group_system", prefetch=False
    )
    endorsement = fields.Char(readonly=True, copy=False, groups="base.group_system")
    state = fields.Selection(
        [("active", "Signs"), ("retired", "Retired")],
        required=True,
        readonly=True,
        default="active",
    )
    retired_on = fields.Datetime(readonly=True)
    health = fields.Text("What to Look After", compute="_compute_health")

    _kid_unique = models.Constraint("UNIQUE(kid)", "This key is known already.")
    _one_active = models.UniqueIndex(
        "(state) WHERE state = 'active'", "One key signs at a time."
    )

    @api.depends("state")
    def _compute_health(self):
        said = "\n".join(self._health())
        for key in self:
            key.health = said if key.state == "active" else False

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "What a key has signed is verified with it: rotate the key instead of "
                "deleting it."
            )
        )

    # ------------------------------------------------------------
    # TOOLS
    # ------------------------------------------------------------

    @api.model
    def _health(self):
        """Sentences about what weakens the seals; none when all is well."""
        said = []
        if not config.get(SETTING):
            said.append(
                self.env._(
                    "The secret of the signing key is a file beside the documents of "
                    "Odoo (%(path)s). Put it in odoo.conf as %(setting)s, with a copy "
                    "in a safe, then delete the file.",
                    path=self._secret_path(),
                    setting=SETTING,
                )
            )
        active = self.sudo().search([("state", "=", "active")])
        if active and not active._opens():
            said.append(
                self.env._(
                    "The signing key does not open with the secret of this server: "
                    "give it back its secret, or rotate the key."
                )
            )
        return said

    @api.model
    def _secret_path(self):
        return Path(config["data_dir"]) / SETTING

    @api.model
    def _secret(self):
        """Bytes of the secret: of odoo.conf, else of a file that is made once."""
        if told := config.get(SETTING):
            return str(told).encode()
        path = self._secret_path()
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_bytes()
        with os.fdopen(handle, "wb") as file:
            file.write(os.urandom(32).hex().encode())
        return path.read_bytes()

    def _opens(self):
        try:
            return bool(self._open())
        except seal.SealError:
            return False

    def _open(self):
        self.ensure_one()
        return seal.open_key(self.sudo().private_key or "", self._secret())

    @api.model
    def _active(self):
        """The key that signs, made the first time it is asked for."""
        # sudo: whoever writes a log has no right to its keys.
        key = self.sudo().search([("state", "=", "active")])
        return key or self._rotate()

    @api.model
    def _rotate(self):
        """Retire the key that signs and make the next one."""
        secret, keys = self._secret(), self.sudo()
        old = keys.search([("state", "=", "active")])
        # Its private half has no further use: what is not there cannot be stolen.
        old.write(
            {
                "state": "retired",
                "retired_on": fields.Datetime.now(),
                "private_key": False,
            }
        )
        old.flush_recordset()
        kid, public, wrapped = seal.new_key(secret)
        return keys.create(
            {
                "kid": kid,
                "public_key": public,
                "private_key": wrapped,
                "endorsement": seal.endorse(secret, public),
            }
        )

    @api.model
    def _trusted(self):
        """{kid: public key in hex} of the keys made by whoever knows the secret."""
        secret = self._secret()
        return {
            key.kid: key.public_key
            for key in self.sudo().search([])
            if seal.is_endorsed(secret, key.public_key, key.endorsement)
        }
