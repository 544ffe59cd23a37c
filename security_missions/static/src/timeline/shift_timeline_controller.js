import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {TimelineController} from "@web_timeline/views/timeline/timeline_controller.esm";

const {DateTime} = luxon;
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
        const start = DateTime.now().plus({hours: 1}).startOf("hour");
        this._onAdd(
            {start: start.toJSDate(), end: start.plus({hours: 8}).toJSDate()},
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
        const {searchModel} = this.env;
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
        const record = this.model.data.find(({id}) => id === item.id);
        const group = record?.[groupField] ? record[groupField][0] : -1;
        if (item.group === group) {
            this._moveTimes(item, record, callback);
        } else if (MOVABLE.includes(groupField)) {
            const value = item.group === -1 ? false : item.group;
            this._move(item, {[groupField]: value}, callback);
        } else {
            callback(null);
            this.notification.add(
                _t("Group by guard or by post to drag shifts from one row to another."),
                {type: "warning"}
            );
        }
    }

    /** A slip of the mouse must not change hours that the guard was told. */
    _moveTimes(item, record, callback) {
        const move = () => this._move(item, this._times(item), callback);
        if (["open", "draft"].includes(record.board_status)) {
            move();
            return;
        }
        const [start, stop] = [item.start, item.end].map((date) =>
            DateTime.fromJSDate(date).toFormat("ccc d LLL HH:mm")
        );
        this.dialogService.add(ConfirmationDialog, {
            body: _t("Move this shift to %(start)s – %(stop)s?", {start, stop}),
            confirmLabel: _t("Move"),
            confirm: move,
            cancel: () => callback(null),
            dismiss: () => callback(null),
        });
    }

    _move(item, data, callback) {
        this.moveQueue.push({id: item.id, data, item, callback});
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
            queue.forEach(({callback}) => callback(null));
            await this.reload();
            throw error;
        }
    }

    /**
     * Open the record of a row: the guard's public profile for those outside HR.
     *
     * @override
     */
    async _onGroupClick({group}) {
        const {relation} = this.model.fields[this.model.last_group_bys[0]];
        if (group > 0) {
            const action = await this.model.orm.call(relation, "get_formview_action", [
                [group],
            ]);
            this.actionService.doAction({...action, target: "new"});
        }
    }
}
