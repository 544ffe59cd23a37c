import {registry} from "@web/core/registry";

const chip = (row, post) =>
    `.o_rota_row:has(.o_rota_name:contains(${row})) .o_rota_chip:contains(${post})`;

/** Add a shift to those to publish, with the keys. */
const select = (row, post) => [
    {
        content: `The focus on ${post} of ${row}`,
        trigger: chip(row, post),
        run: ({anchor}) => anchor.focus(),
    },
    {
        trigger: `${chip(row, post)}:focus`,
        run: "press x",
    },
    {trigger: `${chip(row, post)}[aria-pressed=true]`},
];

const openVersions = [
    {
        trigger:
            ".o_menu_sections [data-menu-xmlid='security_missions.menu_security_planning']",
        run: "click",
    },
    {
        trigger:
            ".o-dropdown-item[data-menu-xmlid='security_missions.menu_security_publication']",
        run: "click",
    },
    {
        content: "The list opens on those who have not acknowledged",
        trigger: ".o_searchview_facet:contains(Who Has Not Acknowledged)",
    },
];

const waits = (guard) => `.o_list_view .o_data_row:contains(${guard})`;

/** A planner publishes next month from the board, and sees who has not read it. */
registry.category("web_tour.tours").add("security_missions_publication", {
    steps: () => [
        {trigger: ".o_rota_grid:not([data-ready=no])"},
        {
            content: "The next month",
            trigger: ".o_rota_toolbar button[title=Later]",
            run: "click",
        },
        {trigger: `.o_rota_grid:not([data-ready=no]) ${chip("Rita", "Gate")}`},
        ...select("Rita", "Gate"),
        ...select("Rita", "Dock"),
        ...select("Ugo", "Yard"),
        {
            trigger: ".o_rota_selection:contains(3 shifts selected)",
        },
        {
            trigger: ".o_rota_selection button:contains(Publish)",
            run: "click",
        },
        ...[
            ["Rita", "Gate"],
            ["Rita", "Dock"],
            ["Ugo", "Yard"],
        ].map(([guard, post]) => ({
            content: "Published, and waiting to be read",
            trigger: `${chip(guard, post)}.o_rota_published.o_rota_ack_pending`,
        })),
        {
            content: "Nothing is selected any more",
            trigger: "body:not(:has(.o_rota_selection))",
        },
        ...openVersions,
        {
            content: "One version for the two shifts of Rita",
            trigger: `${waits("Rita")}:has(td[name=shift_count]:contains(2)):has(td[name=number]:contains(1))`,
        },
        {trigger: waits("Ugo")},
    ],
});

/** The guard reads what he was handed on his phone, and says so. */
registry.category("web_tour.tours").add("security_missions_publication_read", {
    steps: () => [
        {
            content: "His rota is one touch away",
            trigger: ".o_portal_my_home a[href='/my/security/rota']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Both of his shifts, and nothing of the others",
            trigger:
                "[data-version]:only-of-type:contains(Gate):contains(Dock):not(:contains(Yard))",
        },
        {
            trigger: "[data-version] .badge:contains(To be read)",
        },
        {
            content: "Nothing is wider than the phone",
            trigger: "[data-version] form[action$='/read'] button",
            run({anchor}) {
                const {left, right} = anchor.getBoundingClientRect();
                const {scrollWidth, clientWidth} = document.documentElement;
                if (left < 0 || right > clientWidth || scrollWidth > clientWidth) {
                    throw new Error("The rota does not fit on the phone");
                }
            },
        },
        {
            trigger: "[data-version] form[action$='/read'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is said, and is not asked again",
            trigger:
                "[data-version]:has(.badge:contains(Read)):not(:has(form[action$='/read']))",
        },
    ],
});

/** The planner sees that one has read, and the other has not. */
registry.category("web_tour.tours").add("security_missions_publication_seen", {
    steps: () => [
        {trigger: ".o_rota_grid:not([data-ready=no])"},
        {
            trigger: ".o_rota_toolbar button[title=Later]",
            run: "click",
        },
        {
            content: "What Rita has read bears its mark on the board",
            trigger: `${chip("Rita", "Gate")}.o_rota_ack_acknowledged`,
        },
        {trigger: `${chip("Ugo", "Yard")}.o_rota_ack_pending`},
        ...openVersions,
        {
            content: "Only Ugo has still to read",
            trigger: `.o_list_view:has(.o_data_row:contains(Ugo)):not(:has(.o_data_row:contains(Rita)))`,
        },
    ],
});
