import {registry} from "@web/core/registry";
import {TimelineView} from "@web_timeline/views/timeline/timeline_view.esm";

import {ShiftTimelineController} from "./shift_timeline_controller";
import {ShiftTimelineModel} from "./shift_timeline_model";
import {ShiftTimelineRenderer} from "./shift_timeline_renderer";

registry.category("views").add("security_shift_timeline", {
    ...TimelineView,
    Controller: ShiftTimelineController,
    Model: ShiftTimelineModel,
    Renderer: ShiftTimelineRenderer,
});
