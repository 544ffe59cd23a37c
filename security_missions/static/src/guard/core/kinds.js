import {_t} from "./i18n";

const NAMES = new Map([
    ["on_my_way", () => _t("On my way")],
    ["clock_in", () => _t("Clock-in")],
    ["clock_out", () => _t("Clock-out")],
    ["rota_read", () => _t("Rota read")],
    ["offer_answer", () => _t("Answer to an offer")],
    ["swap_ask", () => _t("Swap asked")],
    ["swap_answer", () => _t("Answer to a swap")],
    ["swap_withdraw", () => _t("Swap withdrawn")],
    ["notice_answer", () => _t("Answer to a late change")],
]);

// What the phone says by itself, once the office has it: nobody looks for it.
const QUIET = new Set();

/**
 * A module says how the guard calls what it records.
 *
 * @param {String} kind
 * @param {Function} name gives the word
 * @param {{quiet: Boolean}} [options] quiet: the phone says it by itself, again and again
 */
export function nameKind(kind, name, {quiet = false} = {}) {
    NAMES.set(kind, name);
    if (quiet) {
        QUIET.add(kind);
    }
}

/** Whether an event is none the guard would look for: sent by itself, and accepted. */
export const isQuiet = ({kind, state}) =>
    QUIET.has(kind) && ["accepted", "duplicate"].includes(state);

export const kindName = (kind) => NAMES.get(kind)?.() || kind;
