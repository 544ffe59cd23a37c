import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {registry} from "@web/core/registry";

/**
 * A board whose columns are records that nobody may add from it: the framework
 * leaves it blank when no column is filled, because it expects the reader to make
 * the first column. Here the help of the action is what he needs.
 */
export class SecurityBoardRenderer extends KanbanRenderer {
    get showNoContentHelper() {
        const {isGrouped, groups} = this.props.list;
        return (
            super.showNoContentHelper ||
            (isGrouped && groups.length === 0 && !this.canCreateGroup())
        );
    }
}

export const securityBoardView = {
    ...kanbanView,
    Renderer: SecurityBoardRenderer,
};

registry.category("views").add("security_board", securityBoardView);
