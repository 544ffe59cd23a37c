import {_t} from "./i18n";

const NAMES = new Map([
    ["on_my_way", () => _t("On my way")],
    ["clock_in", () => _t("Clock-in")],
    ["clock_out", () => _t("Clock-out")],
    ["rota_read", () => _t("Rota read")],
    ["offer_answer", () => _t("Answer to an offer")],
    ["swap_ask", () => _t("Swap asked")],
    ["swap_answer", () => _t("Answer to a swap")],
    ["notice_answer", () => _t("Answer to a late change")],
]);

/** A module says how the guard calls what it records. */
export const nameKind = (kind, name) => NAMES.set(kind, name);

export const kindName = (kind) => NAMES.get(kind)?.() || kind;
