import {registry} from "@web/core/registry";

// The planner sees why a guard may not be there, and takes another one from the list.
registry.category("web_tour.tours").add("security_missions_eligibility", {
    steps: () => [
        {
            content: "The refusal names the rule and its article",
            trigger: ".alert-danger:contains(PRO-01):contains(L612-20)",
        },
        {
            content: "Ask for other guards",
            trigger: ".o_statusbar_buttons button:contains(Who Can Take This?)",
            run: "click",
        },
        {
            content: "Those who may not take it are told why",
            trigger: ".modal .o_data_row:contains(Not allowed):contains(PRO-01)",
        },
        {
            content: "Take the first who may",
            trigger:
                ".modal .o_data_row:first:contains(Allowed) button:contains(Assign)",
            run: "click",
        },
        {
            content: "Nothing stands against it any more",
            trigger:
                "body:not(:has(.modal)) .o_form_view:not(:has(.alert)) .o_form_sheet",
        },
    ],
});

// He answers, in writing, for a shift that is too long, and publishes it.
registry.category("web_tour.tours").add("security_missions_override", {
    steps: () => [
        {
            content: "It must be answered for; the remedy is told",
            trigger: ".alert-warning:contains(TPS-01):contains(End at)",
        },
        {
            content: "Answer for it",
            trigger: ".alert-warning button:contains(Answer For It)",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".modal [name=reason] textarea",
            run: "edit The relief is on strike",
        },
        {
            content: "Sign it",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "It is a warning from now on",
            trigger: ".alert-info:contains(TPS-01)",
        },
        {
            content: "It may be published",
            trigger: ".o_statusbar_buttons button[name=action_publish]",
            run: "click",
        },
        {
            content: "It is",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Published)",
        },
    ],
});
