import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("security_missions_guard", {
    steps: () => [
        {
            content: "Open the rota from the portal",
            trigger: ".o_portal_my_home a[href='/my/shifts']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The shift to come has no button yet",
            trigger: ".card:contains('Later'):not(:has(button))",
        },
        {
            trigger: ".card:contains('Now') button:contains('Clock In')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".card:contains('Now') .badge:contains('On post')",
        },
        {
            trigger: ".card:contains('Now') button:contains('Clock Out')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger:
                ".card:contains('Now'):not(:has(button)) .badge:contains('Left early')",
        },
    ],
});
