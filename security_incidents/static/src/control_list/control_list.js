import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {
    Component,
    onWillDestroy,
    onWillStart,
    useExternalListener,
    useState,
} from "@odoo/owl";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {Mutex} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {ControlListDialog} from "./control_list_dialog";
import {byUrgency, kinds, lateness} from "./control_list_kinds";
import {useLive} from "@security_missions/live/live_hook";
import {ControlSound} from "./control_list_sound";

const MODEL = "security.alert";
const TICK = 1000;
// Signs of life are no news of the bus: they are read again as often as they come.
const REFRESH = 30000;
// Nothing was read for so long: what is shown may no longer be true.
const STALE = 45000;
// How often an alarm that nobody takes is heard again, in seconds.
const AGAIN = 10;
const TYPING = "input, textarea, select, [contenteditable], .modal";

/** Alarms by urgency then age, and who is where: the screen of the control room. */
export class ControlList extends Component {
    static template = "security_incidents.ControlList";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.title = useService("title");
        this.kinds = kinds();
        this.sound = new ControlSound();
        this.state = useState({
            alerts: [],
            people: [],
            rights: {},
            loaded: false,
            read: 0,
            now: Date.now(),
            selected: 0,
            sound: false,
        });
        // The clock of the server counts, not that of the desk.
        this.offset = 0;
        this.mutex = new Mutex();
        this.live = useLive("security_alerts", REFRESH, () => this.load());
        this.heard = 0;
        const tick = browser.setInterval(() => this.onTick(), TICK);
        useExternalListener(window, "keydown", (ev) => this.onKey(ev));
        onWillStart(() => this.load());
        onWillDestroy(() => {
            browser.clearInterval(tick);
            this.sound.close();
            this.title.setCounters({security_alerts: 0});
        });
    }

    load() {
        return this.mutex.exec(() => this.read());
    }

    async read() {
        let answer = null;
        try {
            answer = await this.orm.silent.call(MODEL, "control_list", []);
        } catch (error) {
            if (!this.state.loaded) {
                throw error;
            }
            return;
        }
        this.offset =
            deserializeDateTime(answer.now, {tz: "utc"}).toMillis() - Date.now();
        this.state.alerts = answer.alerts.sort(byUrgency(this.kinds));
        this.state.people = answer.people;
        this.state.rights = answer.rights;
        this.state.loaded = true;
        this.state.read = Date.now();
        this.state.now = Date.now() + this.offset;
        this.title.setCounters({security_alerts: this.raised.length});
        this.ring();
    }

    onTick() {
        this.state.now = Date.now() + this.offset;
        // A step of an alarm, or a silence, that is due: the server does it now.
        const due = this.state.alerts.some(
            (row) => row.next && this.millis(row.next) <= this.state.now
        );
        const silent = this.state.people.some(
            (row) => this.justLost(row) || this.justMissed(row)
        );
        if (due || silent) {
            this.load();
        }
        if (this.raised.length && Date.now() - this.heard > AGAIN * 1000) {
            this.ring();
        }
    }

    /** An alarm that nobody has taken is heard, and again, until somebody does. */
    ring() {
        const first = this.raised[0];
        if (first && first.kind && !(first.normal && first.kind !== "sos")) {
            this.sound.play(this.kinds[first.kind].urgency);
            this.heard = Date.now();
        }
    }

    async allowSound() {
        await this.sound.allow();
        this.state.sound = this.sound.allowed;
        this.sound.play(2);
    }

    // What is shown

    get raised() {
        return this.state.alerts.filter((row) => row.state === "raised");
    }

    get pill() {
        if (Date.now() - this.state.read > STALE) {
            const time = luxon.DateTime.fromMillis(this.state.read).toFormat(
                "HH:mm:ss"
            );
            return {
                tone: "red",
                icon: "fa-exclamation-triangle",
                text: _t("Stale: last read at %(time)s", {time}),
            };
        }
        return this.live.connected
            ? {tone: "green", icon: "fa-signal", text: _t("Live")}
            : {
                  tone: "amber",
                  icon: "fa-refresh",
                  text: _t("Reconnecting: read every 15 seconds"),
              };
    }

    get spoken() {
        const count = this.raised.length;
        return count
            ? _t("Alarms to take: %(count)s", {count})
            : _t("No alarm to take");
    }

    kind(row) {
        return this.kinds[row.kind];
    }

    tone(row) {
        if (row.state !== "raised" || (row.normal && row.kind !== "sos")) {
            return row.state === "shelved" ? "grey" : "blue";
        }
        return this.kind(row).urgency < 2 ? "red" : "amber";
    }

    millis(text) {
        return deserializeDateTime(text, {tz: "utc"}).toMillis();
    }

    time(row, text) {
        return deserializeDateTime(text, {tz: row.tz}).toFormat("HH:mm");
    }

    age(text) {
        const seconds = Math.max(
            0,
            Math.floor((this.state.now - this.millis(text)) / 1000)
        );
        const minutes = Math.floor(seconds / 60);
        if (minutes < 60) {
            const rest = String(seconds % 60).padStart(2, "0");
            return _t("%(minutes)s min %(seconds)s", {minutes, seconds: rest});
        }
        const rest = String(minutes % 60).padStart(2, "0");
        return _t("%(hours)s h %(minutes)s", {
            hours: Math.floor(minutes / 60),
            minutes: rest,
        });
    }

    words(row) {
        if (row.state === "shelved") {
            return _t("Shelved until %(time)s: %(reason)s", {
                time: this.time(row, row.shelved_until),
                reason: row.shelved_reason,
            });
        }
        if (row.taken_by) {
            return _t("Taken by %(user)s at %(time)s", {
                user: row.taken_by,
                time: this.time(row, row.taken),
            });
        }
        return row.level
            ? _t("Nobody has taken it: more people told %(count)s times", {
                  count: row.level,
              })
            : _t("To take");
    }

    ended(row) {
        if (!row.normal) {
            return "";
        }
        const time = this.time(row, row.normal);
        return row.kind === "sos"
            ? _t("Withdrawn by the guard at %(time)s: make sure", {time})
            : _t("Over by itself at %(time)s", {time});
    }

    late(row) {
        const minutes = Math.floor(
            (this.millis(row.received) - this.millis(row.raised)) / 60000
        );
        return lateness(minutes);
    }

    mapLink(position) {
        return `https://www.openstreetmap.org/?mlat=${position.latitude}&mlon=${position.longitude}#map=18/${position.latitude}/${position.longitude}`;
    }

    accuracy(position) {
        return _t("to %(meters)s m", {meters: Math.round(position.accuracy)});
    }

    isLost(row) {
        const since = this.state.now - this.millis(row.heard || row.entered);
        return since > row.lost_after * 1000;
    }

    /** Two seconds in which the server is asked again, not the whole silence. */
    justLost(row) {
        const since = this.state.now - this.millis(row.heard || row.entered);
        const over = since - row.lost_after * 1000;
        return row.lone && over > 0 && over < 2 * TICK;
    }

    justMissed(row) {
        const over = row.missed_at && this.state.now - this.millis(row.missed_at);
        return row.missed_at && over > 0 && over < 2 * TICK;
    }

    sign(row) {
        if (!row.heard) {
            return _t("Phone not heard since the clock-in");
        }
        return _t("Phone heard %(age)s ago", {age: this.age(row.heard)});
    }

    presence(row) {
        return _t("In at %(start)s, until %(stop)s", {
            start: this.time(row, row.entered),
            stop: this.time(row, row.stop),
        });
    }

    battery(row) {
        return _t("Battery: %(percent)s percent", {percent: row.battery});
    }

    nextCheck(row) {
        return _t("Next check at %(time)s", {time: this.time(row, row.check)});
    }

    // What is done

    onKey(ev) {
        const plain = !(ev.ctrlKey || ev.metaKey || ev.altKey);
        const typing = ev.target.closest?.(TYPING) || document.querySelector(".modal");
        if (plain && !typing && ev.key.toLowerCase() === "a") {
            const chosen = this.raised.find((row) => row.id === this.state.selected);
            const row = chosen || this.raised[0];
            if (row && this.state.rights.act) {
                ev.preventDefault();
                this.take(row);
            }
        }
    }

    select(row) {
        this.state.selected = row.id;
    }

    async act(method, row, args) {
        try {
            await this.orm.call(MODEL, method, [[row.id], ...args]);
        } finally {
            await this.load();
        }
    }

    take(row) {
        return this.act("action_acknowledge", row, []);
    }

    called(row) {
        if (this.state.rights.act) {
            this.act("action_note", row, ["", true]);
        }
    }

    ask(row, kind) {
        const titles = {
            close: _t("Close with a note"),
            shelve: _t("Put aside"),
            note: _t("Add a remark"),
        };
        const save = {
            close: (note) => this.act("action_close", row, [note]),
            shelve: (note, until) => this.act("action_shelve", row, [note, until]),
            note: (note) => this.act("action_note", row, [note]),
        };
        this.dialog.add(ControlListDialog, {
            title: titles[kind],
            about: [this.kind(row).text, row.guard, row.site]
                .filter(Boolean)
                .join(", "),
            kind,
            save: save[kind],
        });
    }

    open(model, id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("security_incidents.control_list", ControlList);
