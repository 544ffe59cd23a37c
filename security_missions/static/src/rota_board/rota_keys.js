import {drawnChips} from "./rota_model";

const STEPS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
};

/**
 * The place the arrows lead to, in a grid of rows, days and the drawn chips of a cell.
 *
 * @param {Object} focus `{row, day, position}`: keys of the row and day, and which chip
 * @param {Array} rows the rows of the screen
 * @param {Array} days
 * @param {String} key an arrow, Home or End
 * @returns {Object} the new focus
 */
export function nextFocus(focus, rows, days, key) {
    let row = Math.max(
        0,
        rows.findIndex(({key: each}) => each === focus?.row)
    );
    let day = Math.max(
        0,
        days.findIndex(({iso}) => iso === focus?.day)
    );
    const chips = () => drawnChips(rows[row], days[day].iso).length;
    let position = Math.min(focus?.position || 0, Math.max(0, chips() - 1));
    if (key === "Home" || key === "End") {
        day = key === "Home" ? 0 : days.length - 1;
        position = 0;
    } else if (STEPS[key]) {
        const [right, down] = STEPS[key];
        const inside = position + down;
        if (down && inside >= 0 && inside < chips()) {
            position = inside;
        } else {
            day = Math.min(days.length - 1, Math.max(0, day + right));
            const above = Math.min(rows.length - 1, Math.max(0, row + down));
            const moved = above !== row || right;
            row = above;
            if (moved) {
                position = down < 0 ? Math.max(0, chips() - 1) : 0;
            }
        }
    }
    return {row: rows[row].key, day: days[day].iso, position};
}

/** Which command of the board a key is; null for those of the browser. */
export function commandOf(ev) {
    const {key} = ev;
    if ((ev.ctrlKey || ev.metaKey) && key.toLowerCase() === "z") {
        return "undo";
    }
    if (ev.ctrlKey || ev.metaKey || ev.altKey) {
        return null;
    }
    if (ev.shiftKey && (key === "ArrowLeft" || key === "ArrowRight")) {
        return key === "ArrowLeft" ? "shorter" : "longer";
    }
    if (key in STEPS || key === "Home" || key === "End") {
        return "go";
    }
    return (
        {
            Enter: "open",
            " ": "pick",
            Delete: "delete",
            Escape: "escape",
            "?": "help",
            s: "swap",
            m: "menu",
            x: "select",
        }[key] || null
    );
}
