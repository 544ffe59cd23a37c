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
            if (now?.guard === before.guard) {
                delete back.employee_id;
            }
            if (now?.post === before.post) {
                delete back.post_id;
            }
            if (now?.from === before.from && now.to === before.to) {
                delete back.date_start;
                delete back.date_stop;
            }
            // What has left the screen is no longer known well enough.
            if (now) {
                this._remember(() => this._backOf("rota_move", now, back));
            }
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
        let before = [];
        const answer = await this._call("rota_state", () => {
            before = ids.map((id) => this._seen(id)).filter(Boolean);
            const claims = before.map((shift) => this.model.claim(shift));
            return claims.length && [claims, action];
        });
        if (answer && action === "delete") {
            const kept = Object.values(answer.deleted);
            this._remember(() => this._call("rota_restore", () => [kept]));
        } else if (answer) {
            const steps = this._stepsBack(before, this._claims(ids), action);
            this._remember(() => this._walk(steps));
        }
        return Boolean(answer);
    }

    /**
     * Undo the last of this screen's moves. One that is refused can be tried again once
     * its reason is gone; not when the shift is another one since.
     */
    async undo() {
        const back = this.undos.pop();
        if (!back) {
            this.screen.tell(_t("There is nothing to undo on this screen."), "info");
            return;
        }
        let done = false;
        try {
            done = await back();
        } finally {
            if (done === false) {
                this._remember(back);
            }
        }
        if (done) {
            this.screen.tell(_t("Undone."), "success");
        }
    }

    _remember(back) {
        this.undos.push(back);
        this.undos.splice(0, this.undos.length - MAX_UNDO);
        this.screen.changed();
    }

    /**
     * The calls that give each shift the state it had. What each of them will see is
     * known now: the screen may show another period by then.
     *
     * @returns {Array} of [claims, action]
     */
    _stepsBack(before, after, action) {
        const states = new Map(before.map(({id, state}) => [id, state]));
        const was = (state) => after.filter(([id]) => states.get(id) === state);
        const published = was("published");
        const steps = [[was("cancelled"), "cancel"]];
        if (action === "cancel") {
            // What is cancelled comes back as a draft first.
            const drafts = published.map(([id, seen]) => [
                id,
                [...seen.slice(0, 4), "draft"],
            ]);
            steps.push([published, "draft"], [drafts, "publish"]);
        } else {
            steps.push([published, "publish"]);
        }
        steps.push([was("draft"), "draft"]);
        return steps.filter(([claims]) => claims.length);
    }

    /** One call after the other; those that are done are not done again. */
    async _walk(steps) {
        while (steps.length) {
            const done = await this._call("rota_state", () => steps[0]);
            if (!done) {
                return done;
            }
            steps.shift();
        }
        return true;
    }

    _backOf(method, now, vals) {
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
     * @param {String} method
     * @param {Function} args => its arguments, or nothing when there is nothing to do
     * @returns {Object|false|null} the answer; false when it was refused, null when the
     *      screen was not up to date: told already
     */
    async _call(method, args) {
        return this.mutex.exec(async () => {
            const values = args();
            if (!values) {
                return false;
            }
            let answer = null;
            try {
                answer = await this.model.orm.call("security.shift", method, [
                    ...values,
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
                return null;
            }
            return answer;
        });
    }
}
