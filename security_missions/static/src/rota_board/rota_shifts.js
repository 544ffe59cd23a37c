import {_t} from "@web/core/l10n/translation";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {RotaCreateDialog, RotaShiftDialog} from "./rota_dialogs";
import {RotaScreen} from "./rota_screen";

/** Put a value into a set, or take it out again. */
export function toggle(set, value) {
    if (!set.delete(value)) {
        set.add(value);
    }
}

/** What is done to one shift, or to those that are selected, through dialogs. */
export class RotaShifts extends RotaScreen {
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
        return commands[name] ? commands[name]() : this.changeState(id, name);
    }

    /** What had the focus may be gone with the shift: the keys work on. */
    async changeState(id, name) {
        await this.runState([id], name);
        this.bringFocus();
    }

    openShift(id) {
        this.dialog.add(
            FormViewDialog,
            {resModel: "security.shift", resId: id},
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
