import {Component, onWillUnmount, useEffect} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const EVERY = 2000;

/** Reads a running search again every two seconds, and stops with it. */
export class RosterRunPoll extends Component {
    static template = "security_missions.RosterRunPoll";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.timer = null;
        useEffect(
            (running) => {
                if (running) {
                    this.timer = setTimeout(() => this.refresh(), EVERY);
                }
                return () => clearTimeout(this.timer);
            },
            () => [this.running, this.props.record.resId]
        );
        onWillUnmount(() => {
            this.gone = true;
            clearTimeout(this.timer);
        });
    }

    get running() {
        return this.props.record.data.state === "running";
    }

    /** A call that fails once is not the end: the search may still run. */
    async refresh() {
        const record = this.props.record;
        try {
            // What is being typed is not thrown away.
            if (!(await record.isDirty())) {
                await this.orm.silent.call(record.resModel, "action_refresh", [
                    [record.resId],
                ]);
                if (!this.gone) {
                    await record.load();
                }
            }
        } finally {
            if (!this.gone && this.running) {
                clearTimeout(this.timer);
                this.timer = setTimeout(() => this.refresh(), EVERY);
            }
        }
    }
}

registry.category("view_widgets").add("security_roster_run_poll", {
    component: RosterRunPoll,
});
