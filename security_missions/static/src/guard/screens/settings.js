import {Button} from "@security_missions/guard/widgets/button";
import {Card} from "@security_missions/guard/widgets/card";
import {Field} from "@security_missions/guard/widgets/field";
import {
    _t,
    chooseLanguage,
    counted,
    language,
} from "@security_missions/guard/core/i18n";
import {chooseTheme, themeChoice} from "@security_missions/guard/core/theme";
import {go} from "@security_missions/guard/core/route";
import {html, useState} from "@security_missions/guard/core/html";
import {logOut} from "@security_missions/guard/core/device";
import {newsState, refuseNews, wishNews} from "@security_missions/guard/core/news";
import {screens} from "@security_missions/guard/core/registry";
import {storageState} from "@security_missions/guard/core/storage";
import {useDevice, useOutbox} from "@security_missions/guard/core/state";
import {useStore} from "@security_missions/guard/core/store";

const MEGABYTE = 1024 * 1024;

function LogOut() {
    const [asked, setAsked] = useState(false);
    const waiting = useOutbox().length;
    const leave = async () => {
        await refuseNews().catch(() => null);
        await logOut();
        go("home");
    };
    if (!asked) {
        return html`<${Button} icon="hand" onClick=${() => setAsked(true)}
            >${_t("Log out")}<//
        >`;
    }
    return html`<p>
            ${waiting
                ? counted(
                      waiting,
                      _t(
                          "%s thing waits. It stays on this phone and is sent in your " +
                              "name, whoever logs in.",
                          waiting
                      ),
                      _t(
                          "%s things wait. They stay on this phone and are sent in your name, " +
                              "whoever logs in.",
                          waiting
                      )
                  )
                : _t(
                      "To come back you need a network and a new code, or your password."
                  )}
        </p>
        <${Button} kind="danger" icon="hand" onClick=${leave}>${_t("Log out now")}<//>
        <${Button} onClick=${() => setAsked(false)}>${_t("Stay")}<//>`;
}

function News() {
    const state = useStore(newsState);
    if (state === "unable") {
        return html`<p>
            ${_t(
                "This browser cannot be woken by news. The page looks for them by itself " +
                    "while it is open."
            )}
        </p>`;
    }
    if (state === "forbidden") {
        return html`<p>
            ${_t(
                "Notifications of this page are forbidden on this phone: allow them in the " +
                    "settings of the browser, then come back."
            )}
        </p>`;
    }
    return state === "on"
        ? html`<p>
                  ${_t("This phone is woken by a new rota, an offer or a bulletin.")}
              </p>
              <${Button} icon="bell" onClick=${refuseNews}>${_t("Wake it no more")}<//>`
        : html`<p>
                  ${_t(
                      "Let a new rota, an offer or a bulletin wake this phone. Nothing of " +
                          "what they say is shown on the locked screen."
                  )}
              </p>
              <${Button} icon="bell" onClick=${wishNews}>${_t("Wake this phone")}<//>`;
}

function Settings() {
    const device = useDevice();
    const theme = useStore(themeChoice);
    const {free} = useStore(storageState);
    return html`<${Card} title=${_t("How it looks")} icon="settings">
            <${Field}
                label=${_t("Language")}
                value=${language.get()}
                onChange=${chooseLanguage}
                options=${[
                    ["fr", "Français"],
                    ["en", "English"],
                ]}
            />
            <${Field}
                label=${_t("Light")}
                value=${theme}
                onChange=${chooseTheme}
                options=${[
                    ["auto", _t("Dark at night")],
                    ["day", _t("Always light")],
                    ["night", _t("Always dark")],
                ]}
            />
        <//>
        <${Card} title=${_t("News")} icon="bell"><${News} /><//>
        <${Card} title=${_t("This phone")} icon="person">
            <p>${device?.name}<br />${device?.company}</p>
            ${free !== null &&
            html`<p>${_t("Room left: %s MB", Math.round(free / MEGABYTE))}</p>`}
            <p>
                ${_t(
                    "Your position is asked only at the moment you clock in or out, scan a " +
                        "point or call for help. You are not followed."
                )}
            </p>
            <${LogOut} />
        <//>`;
}

screens.add("settings", {
    title: () => _t("Settings"),
    icon: "settings",
    component: Settings,
    sequence: 80,
    menu: true,
});
