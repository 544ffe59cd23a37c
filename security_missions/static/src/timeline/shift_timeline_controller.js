import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { TimelineController } from "@web_timeline/views/timeline/timeline_controller.esm";

const { DateTime } = luxon;
// What a shift may be dragged to; a site or a mission follows from its post.
const MOVABLE = ["employee_id", "post_id"];

export class ShiftTimelineController extends TimelineController {
    static template = "security_missions.ShiftTimelineView";

    setup() {
        super.setup();
        this.notification = useService("notification");
    }

    get rendererProps() {
        return {
            ...super.rendererProps,
            onRangeChanged: this.onRangeChanged.bind(this),
        };
    }

    async reload() {
        await this.model.load(this.getSearchProps());
        this.render();
    }

    /** Create a shift, in a dialog as everything else on the board. */
    onCreate() {
        const start = DateTime.now().plus({ hours: 1 }).startOf("hour");
        this._onAdd(
            { start: start.toJSDate(), end: start.plus({ hours: 8 }).toJSDate() },
            () => this.reload()
        );
    }

    /**
     * Load what the planner moves to, beyond the two weeks the board opens with.
     *
     * @param {DateTime} start
     * @param {DateTime} stop
     */
    async onRangeChanged(start, stop) {
        if (this.model.isLoaded(start, stop)) {
            return;
        }
        this.model.setRange(start, stop);
        const { searchModel } = this.env;
        const near = Object.values(searchModel.searchItems).find(
            (item) => item.name === "near"
        );
        if (near && searchModel.query.some((part) => part.searchItemId === near.id)) {
            searchModel.toggleSearchItem(near.id);
        } else {
            await this.reload();
        }
    }

    /**
     * Another row gives the shift to another guard (or post) and keeps its times; the
     * same row moves its times.
     *
     * @override
     */
    _onMove(item, callback) {
        const groupField = this.model.last_group_bys[0];
        const record = this.model.data.find(({ id }) => id === item.id);
        const group = record?.[groupField] ? record[groupField][0] : -1;
        if (item.group === group) {
            this.moveQueue.push({ id: item.id, data: this._times(item), item, callback });
        } else if (MOVABLE.includes(groupField)) {
            const data = { [groupField]: item.group === -1 ? false : item.group };
            this.moveQueue.push({ id: item.id, data, item, callback });
        } else {
            callback(null);
            this.notification.add(
                _t("Group by guard or by post to drag shifts from one row to another."),
                { type: "warning" }
            );
            return;
        }
        this.debouncedInternalMove();
    }

    _times(item) {
        const write = (name, date) =>
            this.model.serializeDate(name, DateTime.fromJSDate(date));
        return {
            [this.date_start]: write(this.date_start, item.start),
            [this.date_stop]: write(this.date_stop, item.end),
        };
    }

    /**
     * A refused move goes back to where it was; the error dialog says why.
     *
     * @override
     */
    async internalMove() {
        const queue = [...this.moveQueue];
        try {
            await super.internalMove();
        } catch (error) {
            queue.forEach(({ callback }) => callback(null));
            await this.reload();
            throw error;
        }
    }

    /**
     * Open the record of a row: the guard's public profile for those outside HR.
     *
     * @override
     */
    async _onGroupClick({ group }) {
        const { relation } = this.model.fields[this.model.last_group_bys[0]];
        if (group > 0) {
            const action = await this.model.orm.call(relation, "get_formview_action", [
                [group],
            ]);
            this.actionService.doAction({ ...action, target: "new" });
        }
    }
}
