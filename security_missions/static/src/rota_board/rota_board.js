import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {Component, onPatched, onWillStart, useRef, useState} from "@odoo/owl";
import {RotaActions} from "./rota_actions";
import {RotaCreateDialog, RotaHelpDialog, RotaShiftDialog} from "./rota_dialogs";
import {useRotaDrag} from "./rota_drag";
import {commandOf, nextFocus} from "./rota_keys";
import {RotaModel} from "./rota_model";
import {RotaRow} from "./rota_row";
import {RotaToolbar} from "./rota_toolbar";
import {useRotaWindow} from "./rota_window";

const {DateTime} = luxon;
const KEPT = "security_missions.rota_board";
const CHOICE = ["scale", "by", "site", "mission", "skill", "free", "cancelled"];
const QUARTER = 15;

/** The times of the clock `minutes` later, on 24 hours. */
function later(time, minutes) {
    return DateTime.fromFormat(time, "HH:mm").plus({minutes}).toFormat("HH:mm");
}

/** Put a value into a set, or take it out again. */
function toggle(set, value) {
    if (!set.delete(value)) {
        set.add(value);
    }
}

/** The board a planner lives in. */
export class RotaBoard extends Component {
    static template = "security_missions.RotaBoard";
    static components = {RotaRow, RotaToolbar};
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
        this.moveFocus = false;
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
        this.virtual = useRotaWindow(this.scroll, () => this.changed());
        this.startDrag = useRotaDrag({
            canDrag: (id) => this.canMove(id),
            onDrop: (id, place, ev) => this.drop(id, place, ev),
            onResize: (id, edge, minutes) => this.resize(id, edge, minutes),
            resized: (id, edge, minutes) => this.resized(id, edge, minutes),
            onPick: (id) => this.pick(id),
        });
        onWillStart(() => this.load());
        onPatched(() => this.focusPlace());
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

    async load() {
        this.state.loading = true;
        try {
            if (await this.model.load(this.first, this.scale)) {
                this.selected.clear();
                this.changed();
            }
        } finally {
            this.state.loading = false;
        }
    }

    /** Make the rows again from what the model knows now. */
    changed() {
        const onlyDay = this.isSmall && this.state.day;
        this.rows = this.model.rows({...this.state, onlyDay}, this.opened);
        if (!this.state.focus && this.rows.length && this.shownDays.length) {
            this.state.focus = {
                row: this.rows[0].key,
                day: this.shownDays[0].iso,
                position: 0,
            };
        }
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

    // ------------------------------------------------------------
    // Moves
    // ------------------------------------------------------------

    canMove(id) {
        const shift = this.model.shifts.get(id);
        return this.model.canWrite && ["draft", "published"].includes(shift?.state);
    }

    /** What dropping a shift in a cell changes. */
    valuesOf(shift, {row, day}) {
        const target = this.rows.find(({key}) => key === row);
        const values = {};
        if (target.kind === "post" && target.id !== shift.post) {
            values.post_id = target.id;
        }
        if (target.kind !== "post" && target.id !== shift.guard) {
            values.employee_id = target.id;
        }
        if (day !== shift.day) {
            values.day = day;
        }
        return values;
    }

    /** False when it was refused, or when nothing is to be done. */
    async drop(id, place, ev) {
        const shift = this.model.shifts.get(id);
        if (!shift || !place) {
            return false;
        }
        if (ev?.shiftKey && place.over && place.over !== id) {
            return this.actions.swap(id, place.over);
        }
        const values = this.valuesOf(shift, place);
        if (!Object.keys(values).length) {
            return false;
        }
        if (ev?.ctrlKey || ev?.metaKey) {
            const {post, guard, day, start, stop} = shift;
            return this.actions.create({
                post_id: post,
                employee_id: guard,
                day,
                start,
                stop,
                ...values,
            });
        }
        return this.actions.move(id, values);
    }

    resized(id, edge, minutes) {
        const {start, stop} = this.model.shifts.get(id);
        return edge === "start"
            ? `${later(start, minutes)}–${stop}`
            : `${start}–${later(stop, minutes)}`;
    }

    resize(id, edge, minutes) {
        const {start, stop} = this.model.shifts.get(id);
        const values =
            edge === "start"
                ? {start: later(start, minutes), stop}
                : {start, stop: later(stop, minutes)};
        return this.actions.move(id, values);
    }

    pick(id) {
        if (this.canMove(id)) {
            this.state.carried = id;
            this.state.swapping = 0;
            this.state.said = this.carriedText;
        }
    }

    putBack() {
        this.state.carried = this.state.swapping = 0;
    }

    /** Put down what is picked up; swap when a shift was asked for. */
    async putDown(place) {
        const {carried, swapping} = this.state;
        if (swapping) {
            if (place.over && place.over !== swapping) {
                this.putBack();
                await this.actions.swap(swapping, place.over);
            }
            return;
        }
        this.putBack();
        await this.drop(carried, place);
    }

    // ------------------------------------------------------------
    // Mouse and finger
    // ------------------------------------------------------------

    onPointerdown(ev) {
        if (!this.state.carried && !this.state.swapping) {
            this.startDrag(ev);
        }
    }

    placeOf(element) {
        const cell = element.closest(".o_rota_cell[data-day]");
        const over = Number(element.closest(".o_rota_chip")?.dataset.id) || null;
        return cell && {row: cell.dataset.row, day: cell.dataset.day, over};
    }

    onClick(ev) {
        const more = ev.target.closest("[data-more]");
        if (more) {
            const key = more.dataset.more;
            toggle(this.opened, key);
            this.changed();
            return;
        }
        const place = this.placeOf(ev.target);
        if (!place) {
            return;
        }
        if (this.state.carried || this.state.swapping) {
            this.putDown(place);
            return;
        }
        const chips = this.chipsOf(place);
        const position = Math.max(
            0,
            chips.findIndex(({shift}) => shift.id === place.over)
        );
        this.state.focus = {row: place.row, day: place.day, position};
        if (place.over && (ev.ctrlKey || ev.metaKey)) {
            this.select(place.over);
        } else if (place.over) {
            this.openMenu(place.over);
        } else if (this.isSmall) {
            this.openCreate(place);
        }
    }

    onDblclick(ev) {
        const place = this.placeOf(ev.target);
        if (
            place &&
            !place.over &&
            !ev.target.closest("[data-more]") &&
            !this.isSmall
        ) {
            this.openCreate(place);
        }
    }

    onContextmenu(ev) {
        const chip = ev.target.closest(".o_rota_chip");
        if (chip) {
            ev.preventDefault();
            if (!this.isSmall) {
                this.openMenu(Number(chip.dataset.id));
            }
        }
    }

    onScroll() {
        this.virtual.scrolled();
    }

    // ------------------------------------------------------------
    // Keyboard
    // ------------------------------------------------------------

    chipsOf({row, day}) {
        return this.rows.find(({key}) => key === row)?.cells[day] || [];
    }

    get focusedShift() {
        const {focus} = this.state;
        return focus && this.chipsOf(focus)[focus.position]?.shift;
    }

    onKeydown(ev) {
        const inGrid = ev.target.closest(".o_rota_grid");
        const command = commandOf(ev);
        const typing = ev.target.closest("input, select, textarea");
        if (
            !command ||
            typing ||
            (!inGrid && !["undo", "help", "escape"].includes(command))
        ) {
            return;
        }
        if (ev.target.closest("button") && ["open", "pick"].includes(command)) {
            return;
        }
        ev.preventDefault();
        this.obey(command, ev.key);
    }

    obey(command, key) {
        const shift = this.focusedShift;
        const place = {...this.state.focus, over: shift?.id || null};
        const commands = {
            undo: () => this.actions.undo(),
            help: () => this.dialog.add(RotaHelpDialog, {}),
            go: () => this.go(key),
            escape: () => this.escape(),
            open: () => (shift ? this.openShift(shift.id) : this.openCreate(place)),
            pick: () => this.pickOrPut(place),
            swap: () => this.swapWith(shift),
            menu: () => shift && this.openMenu(shift.id),
            select: () => shift && this.select(shift.id),
            delete: () => shift && this.runShift("delete", shift.id),
            longer: () =>
                shift &&
                this.canMove(shift.id) &&
                this.resize(shift.id, "stop", QUARTER),
            shorter: () =>
                shift &&
                this.canMove(shift.id) &&
                this.resize(shift.id, "stop", -QUARTER),
        };
        return commands[command]();
    }

    go(key) {
        this.state.focus = nextFocus(this.state.focus, this.rows, this.shownDays, key);
        this.virtual.show(this.rows, this.state.focus.row);
        this.moveFocus = true;
    }

    pickOrPut(place) {
        if (this.state.carried) {
            this.moveFocus = true;
            this.putDown(place);
        } else if (place.over) {
            this.pick(place.over);
        }
    }

    swapWith(shift) {
        const {carried} = this.state;
        if (carried && shift && shift.id !== carried) {
            this.putBack();
            this.actions.swap(carried, shift.id);
        }
    }

    escape() {
        this.putBack();
        this.selected.clear();
        this.changed();
    }

    focusPlace() {
        if (this.moveFocus) {
            const element = this.scroll.el?.querySelector("[data-focus='1']");
            if (element) {
                this.moveFocus = false;
                element.focus();
            }
        }
    }

    // ------------------------------------------------------------
    // Shifts
    // ------------------------------------------------------------

    select(id) {
        toggle(this.selected, id);
        this.changed();
    }

    async runSelected(action) {
        const ids = [...this.selected];
        if (action === "clear" || (await this.runState(ids, action))) {
            this.selected.clear();
            this.changed();
        }
    }

    /** Cancelling tells somebody: it is asked again. Everything can be undone. */
    runState(ids, action) {
        if (action !== "cancel") {
            return this.actions.setState(ids, action);
        }
        return new Promise((resolve) =>
            this.dialog.add(
                ConfirmationDialog,
                {
                    body: _t(
                        "Nobody will come for this. Cancel %s shifts?",
                        ids.length
                    ),
                    confirmLabel: _t("Cancel the shifts"),
                    confirm: async () =>
                        resolve(await this.actions.setState(ids, action)),
                    cancel: () => resolve(false),
                    cancelLabel: _t("Keep them"),
                },
                {onClose: () => resolve(false)}
            )
        );
    }

    openMenu(id) {
        const shift = this.model.shifts.get(id);
        this.dialog.add(RotaShiftDialog, {
            model: this.model,
            shift,
            run: (name, key) => this.runShift(name, key),
        });
    }

    runShift(name, id) {
        const commands = {
            open: () => this.openShift(id),
            pick: () => this.pick(id),
            swap: () => {
                this.state.swapping = id;
            },
            unassign: () => this.actions.move(id, {employee_id: false}),
        };
        return commands[name] ? commands[name]() : this.runState([id], name);
    }

    openShift(id) {
        this.dialog.add(
            FormViewDialog,
            {resModel: "security.shift", resId: id, onRecordSaved: () => this.load()},
            {onClose: () => this.load()}
        );
    }

    openCreate({row, day}) {
        if (!this.model.canWrite) {
            return;
        }
        const target = this.rows.find(({key}) => key === row);
        const post = target.kind === "post" ? target.id : 0;
        const like = [...this.model.shifts.values()].find(
            (shift) => !post || shift.post === post
        );
        this.dialog.add(RotaCreateDialog, {
            model: this.model,
            values: {
                post,
                guard: target.kind === "guard" ? target.id : 0,
                day,
                start: like?.start || "08:00",
                stop: like?.stop || "20:00",
            },
            create: (values) => this.actions.create(values),
        });
    }
}

registry.category("actions").add("security_missions.rota_board", RotaBoard);
