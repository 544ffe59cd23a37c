import {_t} from "@web/core/l10n/translation";

/** What the colour of a chip says. */
export const stateLabels = () => ({
    open: _t("Without guard"),
    draft: _t("Draft"),
    published: _t("Published"),
    started: _t("On post"),
    done: _t("Done"),
    cancelled: _t("Cancelled"),
});

/** What the guard has said of what was published. */
export const ackLabels = () => ({
    pending: _t("Waiting for the guard"),
    acknowledged: _t("Acknowledged"),
    changed: _t("Changed since it was published"),
});

/** What the rules say; “allowed” needs no word. */
export const verdictLabels = () => ({
    warning: _t("Allowed, with a warning"),
    override: _t("To be justified"),
    blocked: _t("Not allowed"),
});

export const scaleLabels = () => ({
    month: _t("Month"),
    fortnight: _t("Two weeks"),
    week: _t("Week"),
});

/** The keys of the board: [keys, what they do]. */
export const keyLabels = () => [
    [_t("Arrows"), _t("Go from shift to shift and from day to day")],
    [_t("Enter"), _t("Open the shift, or create one in an empty cell")],
    [_t("Space"), _t("Pick the shift up, then put it down where you are")],
    [_t("S"), _t("While a shift is picked up: swap it with the one you are on")],
    [_t("Shift + Left or Right"), _t("End the shift 15 minutes earlier or later")],
    [_t("M"), _t("Menu of the shift")],
    [_t("X"), _t("Select the shift, to publish or cancel several")],
    [_t("Delete"), _t("Delete a draft")],
    [_t("Ctrl + Z"), _t("Undo your last move")],
    [_t("Escape"), _t("Put the shift back, clear the selection")],
    [_t("Drag with Ctrl"), _t("Copy the shift")],
    [_t("Drag with Shift onto a shift"), _t("Swap the two guards")],
    [_t("Long press, then tap"), _t("On a touch screen: pick up, then put down")],
];
