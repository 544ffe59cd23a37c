import {useService} from "@web/core/utils/hooks";

const MISSING = ["red", "client"];

/**
 * Opens the replacements of a shift by itself when its guard begins to be missing,
 * once, and never over what the planner is doing. Who comes to the board later finds
 * those in red, with their button.
 *
 * @param {Function} open called with the id of a shift, resolves once the list is there
 * @returns {Function} to be called with the rows, after each answer
 */
export function useCoverAlerts(open) {
    const ui = useService("ui");
    let known = null;
    let waiting = [];
    let opening = false;
    return async (rows) => {
        // Whoever took it in charge knows what he does.
        const missing = rows.filter(
            (row) => MISSING.includes(row.level) && !row.ack_user
        );
        const ids = missing.map((row) => row.id);
        waiting = waiting.filter((id) => ids.includes(id));
        if (known) {
            waiting.push(...ids.filter((id) => !known.has(id)));
        }
        known = new Set(ids);
        if (!waiting.length || opening || ui.activeElement !== document) {
            return;
        }
        opening = true;
        try {
            await open(waiting.shift());
        } finally {
            opening = false;
        }
    };
}
