import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";

const row = (guard) => `.o_cover_row:has(.o_cover_open:contains(${guard}))`;

/** An operator finds the late guard, takes it in charge, and hears that he comes. */
registry.category("web_tour.tours").add("security_missions_cover_now", {
    steps: () => [
        {
            content: "The board is there, and the late post is counted",
            trigger: ".o_cover_counter[data-counter=uncovered] .fs-2:contains(1)",
        },
        {
            content: "Who waits for his relief is said once, not each minute of it",
            trigger: ".o_cover_said[aria-live=assertive]:contains(Olga Over, Lodge)",
        },
        {
            trigger: ".o_cover_waiting:contains(Olga Over):not([aria-live])",
        },
        {
            content: "The late guard is red, in words too",
            trigger: `${row("Lena Late")}[data-level=red] .o_cover_level:contains(Not there)`,
        },
        {
            content: "Only problems",
            trigger: "#o_cover_problems",
            run: "click",
        },
        {
            trigger: `.o_cover_now:not(:has(${row("Paul Present")}))`,
        },
        {
            content: "An operator cannot replace: that is for planners",
            trigger: `${row("Lena Late")}:not(:has(.o_cover_replace))`,
        },
        {
            trigger: `${row("Lena Late")} .o_cover_take`,
            run: "click",
        },
        {
            trigger: "#o_cover_words",
            run: "edit I call the relief",
        },
        {
            trigger: ".o_cover_save",
            run: "click",
        },
        {
            trigger: `${row("Lena Late")} .o_cover_ack:contains(I call the relief)`,
        },
        {
            trigger: `${row("Lena Late")} .o_cover_on_my_way`,
            run: "click",
        },
        {
            trigger: `${row("Lena Late")} .o_cover_state:contains(said on the way)`,
        },
        {
            content: "A search that finds nobody says so",
            trigger: ".o_cover_search",
            run: "edit zzz",
        },
        {
            trigger: ".o_cover_empty:contains(No shift answers these filters)",
        },
    ],
});

/** A guard begins to be missing while a planner looks: the replacements are there. */
registry.category("web_tour.tours").add("security_missions_cover_now_red", {
    steps: () => [
        {
            content: "Who was missing before opens nothing",
            trigger: `body:not(:has(.modal)) ${row("Lena Late")}[data-level=red]`,
        },
        {trigger: `${row("Nico Next")}[data-level=amber]`},
        {
            content: "His shift began earlier than was thought",
            trigger: row("Nico Next"),
            run: ({anchor}) => {
                const start = luxon.DateTime.utc().minus({minutes: 12});
                const values = {date_start: start.toFormat("yyyy-MM-dd HH:mm:ss")};
                return rpc("/web/dataset/call_kw/security.shift/write", {
                    model: "security.shift",
                    method: "write",
                    args: [[Number(anchor.dataset.shift)], values],
                    kwargs: {},
                });
            },
        },
        {
            content: "The board hears of it with the next answer",
            trigger: `${row("Nico Next")} .o_cover_on_my_way`,
            run: "click",
        },
        {
            content: "He begins to be missing: his replacements are on the screen",
            trigger: ".modal .o_field_widget[name=line_ids]:contains(Zoe Test)",
        },
        {
            trigger: ".modal .btn-close",
            run: "click",
        },
        {
            content: "Once, and he is red on the board behind",
            trigger: `body:not(:has(.modal)) ${row("Nico Next")}[data-level=red]`,
        },
    ],
});
