import {registry} from "@web/core/registry";
import {_t} from "@web/core/l10n/translation";
import {onPatched} from "@odoo/owl";
import {RotaHelpDialog} from "./rota_dialogs";
import {useRotaDrag} from "./rota_drag";
import {commandOf, nextFocus} from "./rota_keys";
import {drawnChips} from "./rota_model";
import {RotaRow} from "./rota_row";
import {RotaShifts, toggle} from "./rota_shifts";
import {RotaToolbar} from "./rota_toolbar";

const {DateTime} = luxon;
const QUARTER = 15;
// What a key does outside of a cell too.
const ANYWHERE = ["undo", "help", "escape"];

/** The times of the clock `minutes` later, on 24 hours. */
function later(time, minutes) {
    return DateTime.fromFormat(time, "HH:mm").plus({minutes}).toFormat("HH:mm");
}

/** The board a planner lives in: mouse, finger, keys, and what they do to shifts. */
export class RotaBoard extends RotaShifts {
    static template = "security_missions.RotaBoard";
    static components = {RotaRow, RotaToolbar};

    setup() {
        super.setup();
        this.startDrag = useRotaDrag({
            canDrag: (id) => this.canMove(id),
            onDrop: (id, place, ev) => this.drop(id, place, ev),
            onResize: (id, edge, minutes) => this.resize(id, edge, minutes),
            resized: (id, edge, minutes) => this.resized(id, edge, minutes),
            onPick: (id) => this.pick(id),
        });
        onPatched(() => this.focusPlace());
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

    /** In instants: a clock does not say on which side of midnight it is. */
    async resize(id, edge, minutes) {
        let {from, to} = this.model.shifts.get(id);
        if (edge === "start") {
            from += minutes * 60;
        } else {
            to += minutes * 60;
        }
        if (from >= to) {
            this.tell(_t("A shift ends after it starts: check both times."), "danger");
            return false;
        }
        return this.actions.move(id, {date_start: from, date_stop: to});
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
        this.focusOn(place);
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

    focusOn({row, day, over}) {
        const found = this.rows.find(({key}) => key === row);
        const chips = drawnChips(found, day);
        const position = Math.max(
            0,
            chips.findIndex(({shift}) => shift.id === over)
        );
        this.state.focus = {row, day, position};
    }

    /** A command is for what the browser has the focus on, whatever was drawn since. */
    onKeydown(ev) {
        const place = this.placeOf(ev.target);
        const command = commandOf(ev);
        const typing = ev.target.closest("input, select, textarea");
        if (!command || typing || (!place && !ANYWHERE.includes(command))) {
            return;
        }
        if (ev.target.closest("button") && ["open", "pick"].includes(command)) {
            return;
        }
        ev.preventDefault();
        if (place) {
            this.focusOn(place);
        }
        this.obey(command, ev.key, place);
    }

    obey(command, key, place) {
        const shift = this.model.shifts.get(place?.over);
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
        this.bringFocus();
    }

    pickOrPut(place) {
        if (this.state.carried) {
            this.putDown(place).then(() => this.bringFocus());
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
        const tries = this.focusTries;
        this.focusTries = 0;
        if (!tries) {
            return;
        }
        const element = this.scroll.el?.querySelector("[data-focus='1']");
        if (element) {
            element.focus();
        } else if (tries > 1) {
            // Its row is not drawn: scroll to it, then look once more.
            this.virtual.show(this.rows, this.state.focus?.row);
            this.bringFocus(tries - 1);
        }
    }
}

registry.category("actions").add("security_missions.rota_board", RotaBoard);
