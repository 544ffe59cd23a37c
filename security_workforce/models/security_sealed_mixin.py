from odoo import fields, models


class SecuritySealedMixin(models.AbstractModel):
    """A row of a log whose place in its chain is sealed, a moment after it is written.

    What is personal is committed to under a salt: to redact is to empty ``_personal``
    and the salt, and the chain holds. Whoever inherits says ``_chain_field``,
    ``_personal`` (in ``_forgets``), ``_head_columns`` and the two methods below.
    """

    _name = "security.sealed.mixin"
    _description = "Row of a Sealed Log"
    _inherit = ["security.append.only.mixin"]

    # Many2one to the owner of the chain; columns of what is personal.
    _chain_field = None
    _personal = ()
    # Columns that the head is made of.
    _head_columns = ()
    _answered_once = ("seq", "prev_hash", "hash", "sealed_at")

    seq = fields.Integer(
        "No.", readonly=True, copy=False, help="Given by the seal, within a minute."
    )
    prev_hash = fields.Char("Hash Before", readonly=True, copy=False)
    hash = fields.Char("Hash of the Seal", readonly=True, copy=False)
    sealed_at = fields.Datetime("Sealed On", readonly=True, copy=False)
    commitment = fields.Char(required=True, readonly=True, copy=False)
    salt = fields.Char(copy=False, groups="base.group_system", prefetch=False)

    def _seal_head(self, row):
        """What is sealed, without ``seq``: dict, JSON without floats.

        :param row: {column: value} of ``_head_columns``, as PostgreSQL gives them,
            and ``target`` with the number of the entry that it points to
        """
        raise NotImplementedError

    def _seal_content(self, row):
        """What is personal, from {column: value} of ``_personal``; None if empty."""
        raise NotImplementedError

    def _forget(self):
        """Empty what is personal, for good; the caller writes the record of it."""
        # Straight to the table: no method of the register empties anything, so that
        # nothing but this can.
        names = ("salt", *self._personal)
        self.flush_recordset()
        self.env.cr.execute(
            f"UPDATE {self._table} SET "
            + ", ".join(f"{name} = NULL" for name in names)
            + " WHERE id IN %s",
            [tuple(self.ids)],
        )
        self.invalidate_recordset(names)
