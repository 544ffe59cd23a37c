// Made by script/i18n: the words of security_missions/static/src/guard, for the export of Odoo,
// which does not read templates inside templates. No page loads this file.
import {_t} from "@security_missions/guard/core/i18n";

export const words = () => [
    _t("A new version is ready"),
    _t("Back"),
    _t("Back to the start"),
    _t("Delete photos or apps, else what you record may not be kept."),
    _t("Enter a new code"),
    _t("Find a network to see the latest rota and orders. Recording works."),
    _t("Guard's page"),
    _t("Hand over"),
    _t("Install this page"),
    _t(
        "It differs by %s from the office's. Both times are kept; the office's counts. Set the phone to automatic time."
    ),
    _t("Little room left on this phone"),
    _t("Main screens"),
    _t("Not found"),
    _t(
        "The browser may clear what waits when the phone is full. Add this page to the home screen: it is then kept."
    ),
    _t("The clock of this phone is wrong"),
    _t("There is nothing here"),
    _t("This phone is no longer allowed"),
    _t("Update"),
    _t(
        "What you recorded is still on this phone. Hand it over as a file, or ask your office for a new code."
    ),
    _t("What you see is old"),
    _t("Your office has withdrawn it."),
];
