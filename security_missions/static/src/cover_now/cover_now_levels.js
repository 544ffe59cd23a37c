import {_t} from "@web/core/l10n/translation";

/** The worst first: the order of the rows, and which ones are a problem. */
export const ORDER = [
    "client",
    "red",
    "over",
    "amber",
    "open",
    "missed",
    "expected",
    "reminder",
    "on_time",
    "later",
    "on_post",
    "done",
];
export const PROBLEMS = new Set(ORDER.slice(0, 7));

/** The word, the icon and the colour of each level: none of them alone says it. */
export function levels() {
    return {
        client: {
            text: _t("Not there, tell the client"),
            icon: "fa-bullhorn",
            tone: "red",
        },
        red: {text: _t("Not there"), icon: "fa-times-circle", tone: "red"},
        over: {
            text: _t("Past the end, still on post"),
            icon: "fa-hourglass-end",
            tone: "red",
        },
        amber: {text: _t("Late"), icon: "fa-clock-o", tone: "amber"},
        open: {text: _t("Not published"), icon: "fa-user-times", tone: "amber"},
        missed: {text: _t("Nobody came"), icon: "fa-ban", tone: "red"},
        expected: {text: _t("Not heard of"), icon: "fa-question-circle", tone: "amber"},
        reminder: {text: _t("Reminder due"), icon: "fa-envelope-o", tone: "blue"},
        on_time: {text: _t("On the way"), icon: "fa-road", tone: "blue"},
        later: {text: _t("Later"), icon: "fa-calendar-o", tone: "grey"},
        on_post: {text: _t("On post"), icon: "fa-check-circle", tone: "green"},
        done: {text: _t("Done"), icon: "fa-flag-checkered", tone: "grey"},
    };
}

/** How a post stands, from the rows that are on it: the worst one counts. */
const COVER = ["uncovered", "ineligible", "covered"];

/**
 * How many posts are covered, uncovered, held by somebody a rule stops, and how many
 * will have nobody soon.
 *
 * @param {Object[]} rows
 * @returns {Object} a number for each of the four
 */
export function countPosts(rows) {
    const posts = {};
    const soon = new Set();
    for (const row of rows) {
        const rank = COVER.indexOf(row.cover);
        if (rank >= 0) {
            posts[row.post_id] = Math.min(posts[row.post_id] ?? COVER.length, rank);
        } else if (row.cover === "soon") {
            soon.add(row.post_id);
        }
    }
    const counts = {uncovered: 0, ineligible: 0, covered: 0, soon: soon.size};
    for (const rank of Object.values(posts)) {
        counts[COVER[rank]]++;
    }
    return counts;
}
