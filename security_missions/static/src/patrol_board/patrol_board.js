import {browser} from "@web/core/browser/browser";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {listView} from "@web/views/list/list_view";
import {onWillDestroy} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

const CHANNEL = "security_cover_now";
const NOTE = "security_missions.patrol";
// Several facts that come together are read together.
const GATHER = 500;

/** Reads the rounds again when a phone brings a fact or the clock finds one missing. */
function usePatrolLive(reload) {
    const bus = useService("bus_service");
    let gather = null;
    const onNote = () => {
        gather ??= browser.setTimeout(() => {
            gather = null;
            reload();
        }, GATHER);
    };
    bus.subscribe(NOTE, onNote);
    bus.addChannel(CHANNEL);
    onWillDestroy(() => {
        browser.clearTimeout(gather);
        bus.unsubscribe(NOTE, onNote);
        bus.deleteChannel(CHANNEL);
    });
}

const live = (Controller) =>
    class extends Controller {
        setup() {
            super.setup();
            usePatrolLive(() => this.model.load());
        }
    };

const views = registry.category("views");
views.add("security_patrol_list", {
    ...listView,
    Controller: live(listView.Controller),
});
views.add("security_patrol_kanban", {
    ...kanbanView,
    Controller: live(kanbanView.Controller),
});
