from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# Opens the fields that are answered later to our own methods: an object cannot be sent
# through an API.
ANSWERING = object()
FUNCTION = "security_append_only_refuse"

# The three lists of columns: written once; written once later; emptied at most.
REFUSE = """
    CREATE OR REPLACE FUNCTION %s() RETURNS trigger AS $body$
    DECLARE old_row jsonb; new_row jsonb; frozen text;
    BEGIN
        IF TG_OP <> 'UPDATE' THEN
            RAISE EXCEPTION 'The rows of %% are kept for ever.', TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END IF;
        old_row := to_jsonb(OLD);
        new_row := to_jsonb(NEW);
        FOR list IN 0..2 LOOP
            FOREACH frozen IN ARRAY string_to_array(TG_ARGV[list], ',') LOOP
                IF old_row->frozen IS DISTINCT FROM new_row->frozen
                    AND NOT (list = 1 AND old_row->>frozen IS NULL)
                    AND NOT (list = 2 AND new_row->>frozen IS NULL)
                THEN
                    RAISE EXCEPTION 'Column %% of %% is written once.',
                        frozen, TG_TABLE_NAME
                        USING ERRCODE = 'restrict_violation';
                END IF;
            END LOOP;
        END LOOP;
        RETURN NEW;
    END $body$ LANGUAGE plpgsql
"""


class SecurityAppendOnlyMixin(models.AbstractModel):
    """A register: its rows are written once, by our own methods, and kept.

    The ORM refuses a change and so does PostgreSQL, whoever asks: a fact that proves
    something must not depend on the goodwill of an administrator. Fields of
    ``_answered`` may be written later, those of ``_answered_once`` a single time.
    """

    _name = "security.append.only.mixin"
    _description = "Register whose Rows Are Kept"

    _answered = ()
    _answered_once = ()
    # References that a deletion elsewhere may empty; the row says it all in words.
    _forgets = ()

    def init(self):
        """Make the database refuse what the ORM refuses."""
        if self._abstract:
            return
        cr = self.env.cr
        cr.execute(SQL(REFUSE, SQL.identifier(FUNCTION)))
        table, name = SQL.identifier(self._table), SQL.identifier(FUNCTION)
        kept = SQL.identifier(f"{FUNCTION}_kept")
        lists = (
            ",".join(self._frozen_columns()),
            ",".join(self._answered_once),
            ",".join(self._forgets),
        )
        for statement in (
            SQL("DROP TRIGGER IF EXISTS %s ON %s", name, table),
            SQL("DROP TRIGGER IF EXISTS %s ON %s", kept, table),
            SQL(
                """CREATE TRIGGER %s BEFORE UPDATE OR DELETE ON %s
                FOR EACH ROW EXECUTE FUNCTION %s(%s, %s, %s)""",
                name,
                table,
                name,
                *lists,
            ),
            SQL(
                """CREATE TRIGGER %s BEFORE TRUNCATE ON %s
                FOR EACH STATEMENT EXECUTE FUNCTION %s()""",
                kept,
                table,
                name,
            ),
        ):
            cr.execute(statement)

    def _frozen_columns(self):
        """Columns written once: all but those that are answered later."""
        later = {*self._answered, *self._answered_once, *self._forgets}
        later |= {"write_date", "write_uid"}
        return sorted(
            name
            for name, field in self._fields.items()
            if field.store and field.column_type and name not in later
        )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        opened = self.env.context.get("security_append_only") is ANSWERING
        if vals and not (opened and vals.keys() <= self._later()):
            raise UserError(self._kept_message())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._kept_message())

    def _later(self):
        return {*self._answered, *self._answered_once}

    def _answer(self, vals):
        """Write what is known later only; the one door to those fields."""
        # sudo: nobody has the right to write a register.
        self.sudo().with_context(security_append_only=ANSWERING).write(vals)

    def _kept_message(self):
        return self.env._(
            "%(register)s: what is written there is never changed nor deleted. A new "
            "line corrects it.",
            register=self.env["ir.model"]._get(self._name).sudo().name,
        )
