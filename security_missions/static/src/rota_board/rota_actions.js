import {_t} from "@web/core/l10n/translation";
import {RPCError} from "@web/core/network/rpc";
import {Mutex} from "@web/core/utils/concurrency";

const MAX_UNDO = 50;

/**
 * What a planner does on the board: one call each, one after the other, and the way
 * back of each through the same checks.
 */
export class RotaActions {
    /**
     * @param {RotaModel} model
     * @param {Object} screen `tell(message, type)`, `changed()`
     */
    constructor(model, screen) {
        this.model = model;
        this.screen = screen;
        this.mutex = new Mutex();
        this.undos = [];
    }

    get canUndo() {
        return this.undos.length > 0;
    }

    /** Another guard, post, day or times; false when it was refused. */
    async move(id, vals) {
        const before = this._seen(id);
        const answer = await this._call("rota_move", () => {
            const [key, seen] = this.model.claim(this.model.shifts.get(id));
            return [key, seen, vals];
        });
        if (answer) {
            const back = {
                employee_id: before.guard,
                post_id: before.post,
                date_start: before.from,
                date_stop: before.to,
            };
            // Only what was changed is put back.
            const now = this._seen(id);
            if (now && now.guard === before.guard) {
                delete back.employee_id;
            }
            if (now && now.post === before.post) {
                delete back.post_id;
            }
            if (now && now.from === before.from && now.to === before.to) {
                delete back.date_start;
                delete back.date_stop;
            }
            this._remember(() => this._backOf("rota_move", id, now, back));
        }
        return Boolean(answer);
    }

    async swap(one, two) {
        const answer = await this._call("rota_swap", () => [this._claims([one, two])]);
        if (answer) {
            const now = this._claims([one, two]);
            this._remember(() => this._call("rota_swap", () => [now]));
        }
        return Boolean(answer);
    }

    /** A new draft; its id, or false when it was refused. */
    async create(vals) {
        const answer = await this._call("rota_create", () => [vals]);
        if (!answer) {
            return false;
        }
        const claim = answer.created;
        this._remember(() => this._call("rota_state", () => [[claim], "delete"]));
        return claim[0];
    }

    /** Publish, take back, cancel or delete; false when it was refused. */
    async setState(ids, action) {
        const before = ids.map((id) => ({...this._seen(id)}));
        const answer = await this._call("rota_state", () => [
            this._claims(ids),
            action,
        ]);
        if (answer) {
            const after = action === "delete" ? [] : this._claims(ids);
            this._remember(() => this._restore(before, after, action));
        }
        return Boolean(answer);
    }

    /** Undo the last of this screen's moves. */
    async undo() {
        const back = this.undos.pop();
        if (!back) {
            this.screen.tell(_t("There is nothing to undo on this screen."), "info");
            return;
        }
        const done = await back();
        if (done) {
            this.screen.tell(_t("Undone."), "success");
        }
    }

    forget() {
        this.undos = [];
    }

    _remember(back) {
        this.undos.push(back);
        this.undos.splice(0, this.undos.length - MAX_UNDO);
        this.screen.changed();
    }

    /** Each shift as it was before its state was changed. */
    async _restore(before, after, action) {
        if (action === "delete") {
            for (const shift of before) {
                const answer = await this._call("rota_create", () => [
                    {
                        post_id: shift.post,
                        employee_id: shift.guard,
                        date_start: shift.from,
                        date_stop: shift.to,
                    },
                ]);
                if (!answer) {
                    return false;
                }
            }
            return true;
        }
        const states = new Map(before.map(({id, state}) => [id, state]));
        const drafts = after.filter(([id]) => states.get(id) === "draft");
        const others = after.filter(([id]) => states.get(id) === "cancelled");
        const published = after.filter(([id]) => states.get(id) === "published");
        let done = true;
        if (others.length) {
            done = await this._call("rota_state", () => [others, "cancel"]);
        }
        if (done && action === "cancel" && published.length) {
            // What is cancelled comes back as a draft first.
            done = await this._call("rota_state", () => [published, "draft"]);
            const ids = published.map(([id]) => id);
            done &&= await this._call("rota_state", () => [
                this._claims(ids),
                "publish",
            ]);
        } else if (done && published.length) {
            done = await this._call("rota_state", () => [published, "publish"]);
        }
        if (done && drafts.length) {
            done = await this._call("rota_state", () => [drafts, "draft"]);
        }
        return Boolean(done);
    }

    _backOf(method, id, now, vals) {
        const [key, seen] = this.model.claim(now);
        return this._call(method, () => [key, seen, vals]);
    }

    _seen(id) {
        const shift = this.model.shifts.get(id);
        return shift && {...shift};
    }

    _claims(ids) {
        return ids
            .map((id) => this.model.shifts.get(id))
            .filter(Boolean)
            .map((shift) => this.model.claim(shift));
    }

    /**
     * One call; what it answers is on the screen when this resolves.
     *
     * @returns {Object|false} the answer, or false when it was refused: told already
     */
    async _call(method, args) {
        return this.mutex.exec(async () => {
            let answer = null;
            try {
                answer = await this.model.orm.call("security.shift", method, [
                    ...args(),
                    this.model.period,
                ]);
            } catch (error) {
                if (!(error instanceof RPCError)) {
                    throw error;
                }
                this.screen.tell(error.data?.message || error.message, "danger");
                return false;
            }
            this.model.apply(answer);
            this.screen.changed();
            if (answer.refused) {
                this.screen.tell(answer.refused, "danger");
                return false;
            }
            return answer;
        });
    }
}
