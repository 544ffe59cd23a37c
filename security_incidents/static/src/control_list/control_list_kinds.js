import {_t} from "@web/core/l10n/translation";

/**
 * What each kind of alarm is called and looks like: a word, a form and a colour, so that
 * none of them is ever alone.
 *
 * @returns {Object}
 */
export function kinds() {
    return {
        sos: {text: _t("SOS"), icon: "fa-life-ring", urgency: 0},
        check_missed: {text: _t("Check not answered"), icon: "fa-bell-o", urgency: 1},
        lost_contact: {text: _t("Lost contact"), icon: "fa-chain-broken", urgency: 1},
        relief_missing: {
            text: _t("Guard or relief not there"),
            icon: "fa-user-times",
            urgency: 2,
        },
        round_missed: {text: _t("Round missed"), icon: "fa-road", urgency: 3},
        round_late: {text: _t("Round late"), icon: "fa-clock-o", urgency: 3},
        other: {text: _t("Other alarm"), icon: "fa-exclamation-circle", urgency: 3},
    };
}

const RANK = {raised: 0, acknowledged: 1, shelved: 2};

/**
 * Urgency, then age; what nobody has taken comes first. The server has the same order.
 *
 * @param {Object} table of `kinds()`
 * @returns {Function} to sort rows with
 */
export function byUrgency(table) {
    const urgency = (row) =>
        table[row.kind].urgency + (row.normal && row.kind !== "sos" ? 4 : 0);
    return (a, b) =>
        RANK[a.state] - RANK[b.state] ||
        urgency(a) - urgency(b) ||
        a.received.localeCompare(b.received);
}

/**
 * How long after the facts an alarm came, in words; empty when it came at once.
 *
 * @param {Number} minutes
 * @returns {String}
 */
export function lateness(minutes) {
    if (minutes < 1) {
        return "";
    }
    return minutes < 120
        ? _t("reached us %(minutes)s min after it happened", {minutes})
        : _t("reached us %(hours)s h after it happened", {
              hours: Math.floor(minutes / 60),
          });
}
