import {Icon} from "@security_missions/guard/widgets/icon";
import {_t} from "@security_missions/guard/core/i18n";
import {html} from "@security_missions/guard/core/html";
import {screens} from "@security_missions/guard/core/registry";
import {useBundle, useDevice} from "@security_missions/guard/core/state";

/** Every screen that is not in the bar. */
function Menu() {
    const bundle = useBundle();
    const device = useDevice();
    const entries = screens.getAll().filter((screen) => screen.menu && !screen.bar);
    return html`<p class="who">
            ${device?.name}<br /><small>${device?.company}</small>
        </p>
        <ul class="menu">
            ${entries.map((screen) => {
                const number = screen.badge?.(bundle) || 0;
                return html`<li>
                    <a href=${`#${screen.name}`}>
                        <${Icon} name=${screen.icon} /><span>${screen.title()}</span>
                        ${number > 0 && html`<b class="count">${number}</b>`}
                        <${Icon} name="next" />
                    </a>
                </li>`;
            })}
        </ul>`;
}

screens.add("menu", {
    title: () => _t("Menu"),
    icon: "menu",
    component: Menu,
    sequence: 90,
    bar: true,
});
