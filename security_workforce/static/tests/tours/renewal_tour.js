import {registry} from "@web/core/registry";

const step = (name) => `.o_statusbar_status .o_arrow_button_current:contains(${name})`;
const button = (name) => `.o_statusbar_buttons button:contains(${name})`;

// HR takes a card from the list of those to renew to the new card, verified.
registry.category("web_tour.tours").add("security_workforce_renewal", {
    steps: () => [
        {
            content: "Choose the card in the list of those to renew",
            trigger: ".o_data_row:contains(Tara Tour) .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Open the menu of actions",
            trigger: ".o_cp_action_menus button:contains(Actions)",
            run: "click",
        },
        {
            content: "Open its renewal file",
            trigger: ".o-dropdown--menu .o_menu_item:contains(Open renewal files)",
            run: "click",
        },
        {
            content: "It begins with the upkeep of skills",
            trigger: step("Skill upkeep"),
        },
        {
            content: "Record that it is obtained",
            trigger: button("MAC Obtained"),
            run: "click",
        },
        {
            content: "The request comes next",
            trigger: step("Request"),
        },
        {
            content: "Record that it is filed",
            trigger: button("Request Filed"),
            run: "click",
        },
        {
            content: "The decision is awaited",
            trigger: step("Decision"),
        },
        {
            content: "Record the receipt",
            trigger: button("Record The Receipt"),
            run: "click",
        },
        {
            content: "Its last day is three months from now",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "The file shows the receipt",
            trigger: "body:not(:has(.modal)) .o_field_widget[name=date_receipt_expiry]",
        },
        {
            content: "The new card has come",
            trigger: button("New Card Received"),
            run: "click",
        },
        {
            content: "Type its number",
            trigger: ".modal .o_field_widget[name=number] input",
            run: "edit 2026-0099999-CAR-SH-1055859",
        },
        {
            content: "Record it",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "It is to be verified",
            trigger: `body:not(:has(.modal)) ${step("New card to verify")}`,
        },
        {
            content: "Verify it",
            trigger: button("Verify The New Card"),
            run: "click",
        },
        {
            content: "The directory says that it is valid",
            trigger: ".modal .o_field_widget[name=result] input[data-value=valid]",
            run: "click",
        },
        {
            content: "Record the verification",
            trigger: ".modal-footer button:contains(Record)",
            run: "click",
        },
        {
            content: "The file is closed",
            trigger: `body:not(:has(.modal)) ${step("Renewed")}`,
        },
        {
            content: "Look at the new card",
            trigger: "button[name=action_show_new_card]",
            run: "click",
        },
        {
            content: "It is valid",
            trigger: ".o_statusbar_status .o_arrow_button_current:contains(Valid)",
        },
    ],
});
