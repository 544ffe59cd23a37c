"""Run by "odoo shell": the main company is French before accounting is installed."""

company = env.company  # noqa: F821
company.write(
    {
        "country_id": env.ref("base.fr").id,  # noqa: F821
        "currency_id": env.ref("base.EUR").id,  # noqa: F821
    }
)
env["res.lang"]._activate_lang("fr_FR")  # noqa: F821
env.cr.commit()  # noqa: F821
