import {html, useEffect, useRef} from "./core/html";
import {Button} from "./widgets/button";
import {Card} from "./widgets/card";
import {Enrol} from "./screens/enrol";
import {Icon} from "./widgets/icon";
import {Notices} from "./notices";
import {SyncPill} from "./widgets/sync_pill";
import {_t, language} from "./core/i18n";
import {currentDevice} from "./core/device";
import {go, route} from "./core/route";
import {screens} from "./core/registry";
import {useBundle} from "./core/state";
import {useStore} from "./core/store";

function Bar({shown}) {
    const bundle = useBundle();
    const entries = screens.getAll().filter((screen) => screen.bar);
    return html`<nav class="bar" aria-label=${_t("Main screens")}>
        ${entries.map((screen) => {
            const number = screen.badge?.(bundle) || 0;
            return html`<a
                href=${`#${screen.name}`}
                class=${screen.danger ? "danger" : ""}
                aria-current=${shown === screen.name ? "page" : undefined}
            >
                <${Icon} name=${screen.icon} />
                <span>${screen.title()}</span>
                ${number > 0 && html`<b class="count">${number}</b>`}
            </a>`;
        })}
    </nav>`;
}

function Head({screen}) {
    const heading = useRef(null);
    const name = screen.name;
    // Whoever listens to the page hears where he has come to.
    useEffect(() => {
        window.scrollTo(0, 0);
        heading.current?.focus({preventScroll: true});
    }, [name]);
    return html`<header class="head">
        ${!screen.bar &&
        html`<button
            type="button"
            class="back"
            aria-label=${_t("Back")}
            onClick=${() => history.back()}
        >
            <${Icon} name="back" />
        </button>`}
        <h1 tabindex="-1" ref=${heading}>${screen.title()}</h1>
        <${SyncPill} />
    </header>`;
}

function Lost() {
    return html`<${Card} title=${_t("There is nothing here")}>
        <${Button} icon="home" onClick=${() => go("home")}
            >${_t("Back to the start")}<//
        >
    <//>`;
}

function Inside() {
    const {screen: name, value} = useStore(route);
    const screen = screens.get(name) || {
        name,
        title: () => _t("Not found"),
        component: Lost,
    };
    return html`<${Head} screen=${screen} />
        <main>
            <${Notices} />
            <${screen.component} key=${`${name}=${value}`} value=${value} />
        </main>
        <${Bar} shown=${name} />`;
}

/** The page: who is here, then the screen that the address names. */
export function App({problem}) {
    const device = useStore(currentDevice);
    const code = useStore(language);
    const {screen, value} = useStore(route);
    if (problem) {
        return html`<main class="alone">
            <${Card} top title=${_t("Guard's page")} icon="alarm" tone="bad"
                ><p>${problem}</p><//
            >
        </main>`;
    }
    if (!device || screen === "enrol") {
        return html`<main class="alone" key=${code}>
            <${Enrol} code=${screen === "enrol" ? value : null} />
        </main>`;
    }
    return html`<div class="page" key=${code}><${Inside} /></div>`;
}
