import {registry} from "@web/core/registry";

const row = (guard) => `.o_control_alarm:contains(${guard})`;

/** An operator sees a call for help, takes it by key, and closes it with a note. */
registry.category("web_tour.tours").add("security_incidents_control_list", {
    steps: () => [
        {
            content: "The call for help comes before the silence that is older",
            trigger: `.o_control_alarm:first-of-type .o_control_kind:contains(SOS)`,
        },
        {
            content: "It is said in words whether anybody has it",
            trigger: `${row("SOS")} .o_control_now:contains(To take)`,
        },
        {
            content: "A call for help cannot be put aside",
            trigger: `${row("SOS")}:not(:has(button:contains(Put aside)))`,
        },
        {
            content: "Key A takes the first of the list",
            trigger: ".o_control_list h1",
            run: () =>
                window.dispatchEvent(
                    new KeyboardEvent("keydown", {key: "a", bubbles: true})
                ),
        },
        {
            trigger: `${row("SOS")} .o_control_now:contains(Taken by)`,
        },
        {
            trigger: `${row("SOS")} .o_control_close`,
            run: "click",
        },
        {
            content: "No alarm is closed without words",
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: ".modal [role=alert]:contains(Write what happened)",
        },
        {
            trigger: "#o_control_note",
            run: "edit Reached by phone, he is well",
        },
        {
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: `.o_control_list:not(:has(.o_control_kind:contains(SOS)))`,
        },
        {
            trigger: `${row("Lost contact")}`,
        },
        {
            content: "Who is on post, by declaration",
            trigger: ".o_control_person:contains(Day Guard)",
        },
    ],
});
