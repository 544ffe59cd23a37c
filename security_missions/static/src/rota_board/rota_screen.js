import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {RotaActions} from "./rota_actions";
import {RotaHelpDialog} from "./rota_dialogs";
import {RotaModel, drawnChips, sameRow} from "./rota_model";
import {useRotaWindow} from "./rota_window";

const {DateTime} = luxon;
const KEPT = "security_missions.rota_board";
const CHOICE = ["scale", "by", "site", "mission", "skill", "free", "cancelled"];

/** What the rota board shows: the period, the rows and what they are narrowed to. */
export class RotaScreen extends Component {
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.ui = useService("ui");
        this.scroll = useRef("scroll");
        this.model = new RotaModel(this.orm);
        this.selected = new Set();
        this.opened = new Set();
        this.rows = [];
        this.focusTries = 0;
        this.loads = 0;
        this.state = useState({
            scale: "month",
            by: "guard",
            site: 0,
            mission: 0,
            skill: 0,
            text: "",
            free: true,
            cancelled: false,
            ...JSON.parse(browser.localStorage.getItem(KEPT) || "{}"),
            day: browser.sessionStorage.getItem(KEPT) || DateTime.now().toISODate(),
            focus: null,
            carried: 0,
            swapping: 0,
            said: "",
            loading: false,
            version: 0,
        });
        this.actions = new RotaActions(this.model, {
            tell: this.tell.bind(this),
            changed: this.changed.bind(this),
        });
        this.virtual = useRotaWindow(
            this.scroll,
            () => this.state.version++,
            () => this.changed()
        );
        onWillStart(() => this.load());
    }

    // ------------------------------------------------------------
    // What is shown
    // ------------------------------------------------------------

    get isSmall() {
        return this.ui.isSmall;
    }

    get first() {
        const day = DateTime.fromISO(this.state.day);
        return this.scale === "month" ? day.startOf("month") : day.startOf("week");
    }

    /** A phone shows one day of the week it loads. */
    get scale() {
        return this.isSmall ? "week" : this.state.scale;
    }

    get shownDays() {
        const {days} = this.model;
        return this.isSmall ? days.filter(({iso}) => iso === this.state.day) : days;
    }

    get periodTitle() {
        const {first} = this;
        if (this.isSmall) {
            return DateTime.fromISO(this.state.day).toFormat("ccc d LLL");
        }
        if (this.scale === "month") {
            return first.toFormat("LLLL yyyy");
        }
        const last = first.plus({days: this.scale === "week" ? 6 : 13});
        return `${first.toFormat("d LLL")} – ${last.toFormat("d LLL yyyy")}`;
    }

    get cornerText() {
        const count = this.rows.filter((row) => row.kind !== "open").length;
        return this.state.by === "post"
            ? _t("%s posts", count)
            : _t("%s guards", count);
    }

    get isEmpty() {
        return !this.rows.some((row) => row.kind !== "open" || row.count);
    }

    get drawn() {
        return this.virtual.slice(this.rows);
    }

    get carriedText() {
        const shift = this.model.shifts.get(this.state.carried || this.state.swapping);
        const values = {
            post: this.model.postName(shift?.post),
            start: shift?.start,
            stop: shift?.stop,
        };
        return this.state.swapping
            ? _t("Choose the shift to swap %(post)s %(start)s–%(stop)s with.", values)
            : _t(
                  "%(post)s %(start)s–%(stop)s is picked up: choose where it goes.",
                  values
              );
    }

    get selectedText() {
        return _t("%s shifts selected", this.selected.size);
    }

    get selectionActions() {
        return [
            ["publish", _t("Publish"), "fa-paper-plane"],
            ["draft", _t("Back to Draft"), "fa-pencil"],
            ["cancel", _t("Cancel the shifts"), "fa-times"],
            ["delete", _t("Delete"), "fa-trash"],
            ["clear", _t("Clear the selection"), "fa-eraser"],
        ];
    }

    holidayText(day) {
        return _t("%s, public holiday", day.name);
    }

    focusOf(row) {
        return this.state.focus?.row === row.key ? this.state.focus : null;
    }

    /** Read all again; in turn with the moves, so that no answer is older. */
    load() {
        const call = ++this.loads;
        this.state.loading = true;
        return this.actions.mutex.exec(async () => {
            // Somebody who turns pages quickly only wants the last one.
            if (call !== this.loads) {
                return;
            }
            try {
                await this.model.load(this.first, this.scale);
                this.selected.clear();
                this.dropFilters();
                this.changed();
            } finally {
                this.state.loading = call !== this.loads;
            }
        });
    }

    /** A filter on what is not there any more would narrow without being seen. */
    dropFilters() {
        for (const [name, values] of Object.entries(this.model.filters)) {
            if (!values.some(([id]) => id === this.state[name])) {
                this.state[name] = 0;
            }
        }
    }

    /** Make the rows again from what the model knows now; one that shows the same stays
     * the same object, and is not drawn again. */
    changed() {
        const choice = {...this.state, onlyDay: this.isSmall && this.state.day};
        const before = new Map(this.rows.map((row) => [row.key, row]));
        this.rows = this.model.rows(choice, this.opened, this.selected).map((row) => {
            const known = before.get(row.key);
            return known && sameRow(known, row) ? known : row;
        });
        this.clampFocus();
        this.state.version++;
    }

    /** Keep the focus on what is drawn, so that Tab always leads into the grid. */
    clampFocus() {
        const {focus} = this.state;
        const row = this.rows.find(({key}) => key === focus?.row) || this.rows[0];
        const days = this.shownDays;
        const day = (days.find(({iso}) => iso === focus?.day) || days[0])?.iso;
        if (row && day) {
            const last = Math.max(0, drawnChips(row, day).length - 1);
            const position = Math.min(focus?.position || 0, last);
            this.state.focus = {row: row.key, day, position};
        }
    }

    /** Put the browser's focus where the board's is, once that is drawn. */
    bringFocus(tries = 2) {
        this.focusTries = tries;
        this.state.version++;
    }

    tell(message, type) {
        const options = type === "danger" ? {title: _t("Refused"), sticky: true} : {};
        this.notification.add(message, {type, ...options});
        this.state.said = message;
    }

    // ------------------------------------------------------------
    // Toolbar
    // ------------------------------------------------------------

    runToolbar(name, value) {
        const commands = {
            page: () => this.page(value),
            today: () => this.goTo(DateTime.now()),
            scale: () => this.choose({scale: value}),
            choose: () => this.choose(value),
            undo: () => this.actions.undo(),
            help: () => this.dialog.add(RotaHelpDialog, {}),
            hours: () =>
                this.action.doAction("security_missions.security_shift_action"),
        };
        return commands[name]();
    }

    page(direction) {
        const day = DateTime.fromISO(this.state.day);
        if (this.isSmall) {
            return this.goTo(day.plus({days: direction}));
        }
        const step = {month: {months: 1}, fortnight: {days: 14}, week: {days: 7}}[
            this.scale
        ];
        return this.goTo(
            direction > 0 ? this.first.plus(step) : this.first.minus(step)
        );
    }

    async goTo(day) {
        this.state.day = day.toISODate();
        browser.sessionStorage.setItem(KEPT, this.state.day);
        this.state.focus = null;
        // A phone has the whole week already.
        if (this.isSmall && this.shownDays.length) {
            this.changed();
        } else {
            await this.load();
        }
    }

    async choose(values) {
        const {scale} = this.state;
        Object.assign(this.state, values);
        const kept = Object.fromEntries(CHOICE.map((name) => [name, this.state[name]]));
        browser.localStorage.setItem(KEPT, JSON.stringify(kept));
        if (scale !== this.state.scale) {
            this.state.focus = null;
            await this.load();
        } else {
            this.state.focus = null;
            this.changed();
        }
    }
}
