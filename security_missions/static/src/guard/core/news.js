import {bundleStore} from "./bundle";
import {base64url} from "./bytes";
import {currentDevice} from "./device";
import {_t} from "./i18n";
import {go} from "./route";
import {createStore} from "./store";
import {signedJson} from "./api";

const PATH = "/guard/api/push";

// Whether news of the office wake this phone: "on", "off", "forbidden" by the phone, or
// "unable".
export const newsState = createStore("unable");

async function manager() {
    const registration = await navigator.serviceWorker?.getRegistration("/guard/");
    return window.Notification && registration?.pushManager;
}

async function look() {
    const push = await manager();
    if (!push) {
        newsState.set("unable");
    } else if (Notification.permission === "denied") {
        newsState.set("forbidden");
    } else {
        const subscription = await push.getSubscription();
        const known = bundleStore.get().woken;
        newsState.set(subscription && known !== false ? "on" : "off");
    }
}

const tell = (values) => signedJson(currentDevice.get(), "POST", PATH, values);

/** Ask the phone and the office that news wake it. */
export async function wishNews() {
    const push = await manager();
    if ((await Notification.requestPermission()) !== "granted") {
        await look();
        throw new Error(_t("The phone did not allow it: nothing has changed."));
    }
    const {answer} = await tell({});
    let subscription = null;
    try {
        subscription = await push.subscribe({
            userVisibleOnly: true,
            applicationServerKey: answer.key,
        });
    } catch {
        throw new Error(
            _t("The service of this browser does not answer: try again later.")
        );
    }
    const [p256dh, auth] = ["p256dh", "auth"].map((name) =>
        base64url(subscription.getKey(name))
    );
    await tell({subscription: {endpoint: subscription.endpoint, p256dh, auth}});
    bundleStore.patch({woken: true});
    await look();
}

/** No longer; the phone forgets it even when the office cannot be reached. */
export async function refuseNews() {
    const push = await manager();
    const subscription = await push?.getSubscription();
    await subscription?.unsubscribe();
    newsState.set(push ? "off" : "unable");
    if (subscription) {
        await tell({subscription: null});
    }
}

/** Follow what the guard touches among the news, and whether they still wake him. */
export async function startNews() {
    navigator.serviceWorker?.addEventListener("message", ({data}) => {
        if (data?.screen) {
            go(data.screen);
        }
    });
    bundleStore.subscribe(look);
    await look();
}
