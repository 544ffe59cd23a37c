import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {onWillDestroy, onWillStart, useState} from "@odoo/owl";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {Mutex} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useCoverAlerts} from "./cover_now_alerts";
import {CoverNowBars} from "./cover_now_bars";
import {CoverNowDialog} from "./cover_now_dialog";
import {ORDER, PROBLEMS, countPosts, levels} from "./cover_now_levels";
import {useLive} from "../live/live_hook";

const MODEL = "security.shift";
// The line of now moves, and a countdown goes down, without asking the server.
const TICK = 10000;
// The window of hours moves on, even when nothing happens.
const REFRESH = 300000;

/** Who is on post now, who is late, and what is done about it, for all operators. */
export class CoverNow extends CoverNowBars {
    static template = "security_missions.CoverNow";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.levels = levels();
        this.state = useState({
            rows: {},
            loaded: false,
            failed: false,
            rights: {},
            now: Date.now(),
            around: 6,
            site: 0,
            search: "",
            onlyProblems: false,
            wholeDay: false,
        });
        // The clock of the server counts, not that of the desk.
        this.offset = 0;
        // One after the other: an older answer never overwrites a newer one.
        this.mutex = new Mutex();
        this.alert = useCoverAlerts((id) => this.replace(this.state.rows[id]));
        this.live = useLive("security_cover_now", REFRESH, (ids) => this.load(ids));
        const tick = browser.setInterval(() => this.onTick(), TICK);
        onWillStart(() => this.load());
        onWillDestroy(() => browser.clearInterval(tick));
    }

    /** @param {Number[]} [ids] shifts to read again; nothing: all of them */
    load(ids) {
        return this.mutex.exec(() => this.read(ids));
    }

    async read(ids) {
        let answer = null;
        try {
            answer = await this.orm.silent.call(MODEL, "cover_now", [
                false,
                ids || null,
            ]);
        } catch (error) {
            this.state.failed = true;
            if (!this.state.loaded) {
                throw error;
            }
            return;
        }
        this.state.failed = false;
        this.offset =
            deserializeDateTime(answer.now, {tz: "utc"}).toMillis() - Date.now();
        this.state.rights = answer.rights;
        this.state.around = answer.around;
        if (ids) {
            ids.forEach((id) => delete this.state.rows[id]);
        } else {
            this.state.rows = {};
        }
        for (const row of answer.rows) {
            this.state.rows[row.id] = row;
        }
        // A site without rows can no longer be chosen: it hides nothing either.
        if (!this.sites.some(([id]) => id === this.state.site)) {
            this.state.site = 0;
        }
        this.state.loaded = true;
        this.state.now = Date.now() + this.offset;
        this.lookForAlerts();
    }

    onTick() {
        this.state.now = Date.now() + this.offset;
        const due = Object.values(this.state.rows).filter(
            (row) => row.next && this.millis(row.next) <= this.state.now
        );
        if (due.length) {
            this.load(due.map((row) => row.id));
        }
        this.lookForAlerts();
    }

    lookForAlerts() {
        const rows = Object.values(this.state.rows);
        this.alert(rows.filter((row) => this.canReplace(row)));
    }

    // What is shown

    get rows() {
        const words = this.state.search.trim().toLowerCase();
        return Object.values(this.state.rows).filter(
            (row) =>
                (!this.state.site || row.site_id === this.state.site) &&
                (!this.state.onlyProblems || this.isProblem(row)) &&
                (!words ||
                    `${row.guard} ${row.post} ${row.site}`
                        .toLowerCase()
                        .includes(words))
        );
    }

    get hasRows() {
        return Object.keys(this.state.rows).length > 0;
    }

    get counts() {
        return countPosts(
            Object.values(this.state.rows).filter(
                (row) => !this.state.site || row.site_id === this.state.site
            )
        );
    }

    get counters() {
        const {covered, uncovered, ineligible, soon} = this.counts;
        return [
            {
                key: "uncovered",
                value: uncovered,
                text: _t("Uncovered"),
                icon: "fa-times-circle",
                tone: uncovered ? "red" : "grey",
            },
            {
                key: "ineligible",
                value: ineligible,
                text: _t("Held by an ineligible guard"),
                icon: "fa-exclamation-triangle",
                tone: ineligible ? "amber" : "grey",
            },
            {
                key: "soon",
                value: soon,
                text: _t("Uncovered within 2 hours"),
                icon: "fa-hourglass-half",
                tone: soon ? "amber" : "grey",
            },
            {
                key: "covered",
                value: covered,
                text: _t("Covered"),
                icon: "fa-check-circle",
                tone: covered ? "green" : "grey",
            },
        ];
    }

    get sites() {
        const names = new Map(
            Object.values(this.state.rows).map((row) => [row.site_id, row.site])
        );
        return [...names].sort((a, b) => a[1].localeCompare(b[1]));
    }

    /** Those who wait for their relief, whatever is filtered: nobody forgets them. */
    get waiting() {
        return Object.values(this.state.rows)
            .filter((row) => row.level === "over" && row.waiting)
            .sort((a, b) => (a.limit || "9").localeCompare(b.limit || "9"));
    }

    /** Said aloud when somebody begins to wait, and not each minute of it. */
    get waitingText() {
        const names = this.waiting.map((row) => `${row.guard}, ${row.post}`).join("; ");
        return names && _t("Waiting for relief: %(names)s", {names});
    }

    get groups() {
        const groups = new Map();
        for (const row of this.rows) {
            const group = groups.get(row.site_id) || {
                id: row.site_id,
                name: row.site,
                tz: row.tz,
                rows: [],
            };
            group.rows.push(row);
            groups.set(row.site_id, group);
        }
        const rank = (row) => ORDER.indexOf(row.level);
        for (const group of groups.values()) {
            group.rows.sort(
                (a, b) => rank(a) - rank(b) || a.start.localeCompare(b.start)
            );
            group.problems = group.rows.filter((row) => this.isProblem(row)).length;
        }
        return [...groups.values()].sort(
            (a, b) => b.problems - a.problems || a.name.localeCompare(b.name)
        );
    }

    isProblem(row) {
        return PROBLEMS.has(row.level) || row.barred;
    }

    tone(row) {
        if (row.level === "open" && this.millis(row.start) <= this.state.now) {
            return "red";
        }
        return this.levels[row.level].tone;
    }

    word(row) {
        if (row.level === "open" && !row.guard) {
            return _t("Without guard");
        }
        if (row.level === "client" && row.client_told) {
            return _t("Not there, client told");
        }
        if (row.level === "over" && !row.waiting) {
            return _t("Relieved, not clocked out");
        }
        return this.levels[row.level].text;
    }

    /** What is known besides the level, in one line. */
    details(row) {
        const parts = [];
        if (row.on_my_way && !row.entered) {
            parts.push(
                _t("said on the way at %(time)s", {time: this.time(row, "on_my_way")})
            );
        } else if (row.reminded && !row.entered) {
            parts.push(_t("reminded at %(time)s", {time: this.time(row, "reminded")}));
        }
        if (row.entered) {
            parts.push(_t("in at %(time)s", {time: this.time(row, "entered")}));
        }
        if (row.left) {
            parts.push(_t("out at %(time)s", {time: this.time(row, "left")}));
        }
        if (row.barred) {
            parts.push(_t("a rule stops this guard"));
        }
        return parts.join(" · ");
    }

    /** What stands between a guard past his end and the longest service. */
    countdown(row) {
        const kept = row.decided && this.millis(row.decided) > this.state.now;
        if (kept) {
            return _t("Kept by decision until %(time)s", {
                time: this.time(row, "decided"),
            });
        }
        if (!row.limit) {
            return "";
        }
        const minutes = Math.floor((this.millis(row.limit) - this.state.now) / 60000);
        const time = this.duration(Math.abs(minutes));
        return minutes >= 0
            ? _t("%(time)s left before the limit", {time})
            : _t("Limit passed by %(time)s: a manager decides", {time});
    }

    // What is done

    canReplace(row) {
        return this.state.rights.plan && ["draft", "published"].includes(row.state);
    }

    canClock(row) {
        return this.state.rights.plan && ["published", "started"].includes(row.state);
    }

    canSayOnMyWay(row) {
        return this.state.rights.act && row.state === "published" && !row.on_my_way;
    }

    async act(row, kind, note, until) {
        await this.orm.call(MODEL, "watch_act", [
            [row.id],
            kind,
            note || "",
            until || false,
        ]);
        await this.load([row.id]);
    }

    ask(row, kind) {
        const titles = {
            acknowledged: _t("Take in charge"),
            note: _t("Add a remark"),
            decision: _t("Keep on post beyond the limit"),
        };
        this.dialog.add(CoverNowDialog, {
            title: titles[kind],
            about: `${row.guard || _t("Without guard")}, ${row.site} / ${row.post}`,
            kind,
            tz: row.tz,
            save: (note, until) => this.act(row, kind, note, until),
        });
    }

    async onCall(row) {
        if (this.state.rights.act) {
            await this.act(row, "called");
        }
    }

    async replace(row) {
        const action = await this.orm.call(MODEL, "action_candidates", [[row.id]]);
        await this.action.doAction(action, {onClose: () => this.load([row.id])});
    }

    clock(row) {
        this.action.doAction("security_missions.security_shift_clock_action", {
            additionalContext: {default_shift_id: row.id},
            onClose: () => this.load([row.id]),
        });
    }

    open(row) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: MODEL,
            res_id: row.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("security_missions.cover_now", CoverNow);
