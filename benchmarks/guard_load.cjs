// How much the guard's page loads the first time, how soon it can be used on a slow phone,
// and how soon it opens again without network.
//
//   node benchmarks/guard_load.cjs [http://localhost:8069]
//
// Needs a server (script/server), Chromium and playwright-core; PLAYWRIGHT names the folder
// of the latter when Node does not find it, CHROMIUM the browser.
const {execSync} = require("node:child_process");
const {chromium} = require(process.env.PLAYWRIGHT || "playwright-core");

const [HOST = "http://localhost:8069"] = process.argv.slice(2);
// A phone of the lower shelf on a poor network.
const SLOWER = 4;
const NETWORK = {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (0.75 * 1024 * 1024) / 8,
};
const BARS = {kilobytes: 300, first: 3000, again: 1000};

function browserPath() {
    const names = "google-chrome chromium chromium-browser google-chrome-stable";
    return (
        process.env.CHROMIUM ||
        execSync(`which ${names} | head -1`, {encoding: "utf8"}).trim()
    );
}

const usable = (page) =>
    page
        .waitForFunction(() => performance.getEntriesByName("guard-usable")[0])
        .then((mark) => mark.evaluate(({startTime}) => startTime));

async function slowDown(context, page) {
    const tools = await context.newCDPSession(page);
    await tools.send("Network.enable");
    await tools.send("Network.emulateNetworkConditions", NETWORK);
    await tools.send("Emulation.setCPUThrottlingRate", {rate: SLOWER});
    return tools;
}

/** A phone that never saw the page: {kilobytes until it can be used, milliseconds}. */
async function firstLoad(browser) {
    const context = await browser.newContext({serviceWorkers: "block"});
    const page = await context.newPage();
    const tools = await slowDown(context, page);
    let bytes = 0;
    tools.on("Network.loadingFinished", (one) => (bytes += one.encodedDataLength));
    await page.goto(`${HOST}/guard/`);
    const milliseconds = await usable(page);
    await page.waitForLoadState("networkidle");
    await context.close();
    return {kilobytes: bytes / 1024, milliseconds};
}

/** The same phone later, in a cellar. */
async function openAgain(browser) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`${HOST}/guard/`);
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.close();
    await context.setOffline(true);
    const later = await context.newPage();
    const tools = await context.newCDPSession(later);
    await tools.send("Emulation.setCPUThrottlingRate", {rate: SLOWER});
    await later.goto(`${HOST}/guard/`);
    const milliseconds = await usable(later);
    await context.close();
    return milliseconds;
}

async function median(times, measure) {
    const found = [];
    for (let time = 0; time < times; time++) {
        found.push(await measure());
    }
    return found.sort((a, b) => a - b)[Math.floor(times / 2)];
}

function say(name, value, bar, unit) {
    const word = value <= bar ? "reached" : "NOT REACHED";
    console.log(`${name}: ${Math.round(value)} ${unit} (bar ${bar} ${unit}: ${word})`);
    return value <= bar;
}

async function main() {
    const browser = await chromium.launch({
        executablePath: browserPath(),
        args: ["--no-sandbox"],
    });
    const {kilobytes} = await firstLoad(browser);
    const first = await median(3, async () => (await firstLoad(browser)).milliseconds);
    const again = await median(3, () => openAgain(browser));
    await browser.close();
    const good = [
        say("first load, as sent", kilobytes, BARS.kilobytes, "kB"),
        say("usable on a slow phone", first, BARS.first, "ms"),
        say("opened again without network", again, BARS.again, "ms"),
    ];
    process.exitCode = good.every(Boolean) ? 0 : 1;
}

main();
