// Made by script/i18n: the words of security_missions/static/src/guard/core, for the export of Odoo,
// which does not read templates inside templates. No page loads this file.
import {_t} from "@security_missions/guard/core/i18n";

export const words = () => [
    _t("%(hours)s h %(minutes)s"),
    _t("%s days"),
    _t("%s min"),
    _t("Answer to a late change"),
    _t("Answer to a swap"),
    _t("Answer to an offer"),
    _t("Clock-in"),
    _t("Clock-out"),
    _t("Nobody is logged in on this phone: NOTHING was recorded."),
    _t("On my way"),
    _t("Rota read"),
    _t("Swap asked"),
    _t("Swap withdrawn"),
    _t(
        "The memory of this phone is full: NOTHING was recorded. Delete photos or apps, then do it again; write it on paper meanwhile."
    ),
    _t(
        "The phone could not keep this: NOTHING was recorded. Try again; if it goes on, write it on paper and tell your office. (%s)"
    ),
    _t("The phone did not allow it: nothing has changed."),
    _t("The service of this browser does not answer: try again later."),
    _t(
        "This address is not secure (it does not begin with https). On it the phone can neither keep nor sign what you record. Ask your office for the https address."
    ),
    _t("This browser is too old to keep what you record. Please update it."),
    _t(
        "This browser is too old to sign what you record (Chrome 137, Safari 17 or Firefox 129 at least). Please update it."
    ),
];
