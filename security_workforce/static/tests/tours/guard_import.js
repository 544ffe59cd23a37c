import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("security_workforce.guard_import", {
    steps: () => [
        {
            content: "The check found nothing wrong",
            trigger: ".alert-success:contains(Every line is right)",
        },
        {
            content: "Import",
            trigger: "button[name=action_import]",
            run: "click",
        },
        {
            content: "The page asks for one batch after the other, until all are in",
            trigger: ".o_form_view button[name=action_cards]",
            // Three batches on a busy machine.
            timeout: 60000,
            run: "click",
        },
        {
            content: "The cards that came in wait for their verification",
            trigger: ".o_list_view .o_data_row:contains(Anna Surname1)",
        },
    ],
});
