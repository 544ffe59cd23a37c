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
