// Made by script/i18n: the words of security_incidents/static/src/guard/screens, for the export of Odoo,
// which does not read templates inside templates. No page loads this file.
import {_t} from "@security_missions/guard/core/i18n";

export const words = () => [
    _t("Add a person"),
    _t("Choose what it is about first."),
    _t("Correct"),
    _t("Correct an entry"),
    _t("Entry"),
    _t("Log book"),
    _t("Log book entry"),
    _t("Name, if it is needed"),
    _t("Redacted"),
    _t("Remove this person"),
    _t("Role of the person"),
    _t("The first text stays; yours is added to it."),
    _t("The log book comes with the next contact with the office."),
    _t("What happened"),
    _t("What is it about?"),
    _t("Write"),
    _t("Write a new entry instead"),
    _t("Write in the log book"),
    _t("Write what happened first."),
    _t("Written before"),
    _t("Written on this phone; it goes to the office by itself."),
    _t("You have no shift to write on now."),
];
