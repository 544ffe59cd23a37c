import {_t} from "@web/core/l10n/translation";
import {Component, onMounted, onWillUnmount, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/**
 * Drives an import of guards: asks for one batch after the other, each a transaction
 * of its own, and shows how far it is. Whoever closes the page stops it between two
 * batches; opening the page again goes on.
 */
export class ImportProgress extends Component {
    static template = "security_workforce.ImportProgress";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({stopped: false});
        this.gone = false;
        onMounted(() => this.run());
        onWillUnmount(() => (this.gone = true));
    }

    get counts() {
        const {done_count: done, guard_count: total} = this.props.record.data;
        return {done, total};
    }

    get runningText() {
        return _t("%(done)s of %(total)s guards. Keep this page open.", this.counts);
    }

    get stoppedText() {
        return _t(
            "Stopped after %(done)s of %(total)s guards. Those are recorded.",
            this.counts
        );
    }

    async run() {
        const {record} = this.props;
        this.state.stopped = false;
        try {
            let left = 1;
            while (left && !this.gone) {
                left = await this.orm.call(record.resModel, "action_step", [
                    [record.resId],
                ]);
                if (!this.gone) {
                    await record.load();
                }
            }
        } catch (error) {
            this.state.stopped = true;
            throw error;
        }
    }
}

export const importProgress = {
    component: ImportProgress,
    fieldDependencies: [
        {name: "done_count", type: "integer"},
        {name: "guard_count", type: "integer"},
    ],
};

registry.category("view_widgets").add("security_import_progress", importProgress);
