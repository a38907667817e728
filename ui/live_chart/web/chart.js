// A chart that takes new figures without being put up anew: what a reader zoomed or hid stays as it is.

const AGAIN_AFTER_MS = 3000;

let library;

function plotly(address) {
  library ??= new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => loaded(window.Plotly);
    script.onerror = () => {
      library = undefined;
      script.remove();
      failed(new Error(`${address} did not load`));
    };
    document.head.append(script);
  });
  return library;
}

function stageIn(parent) {
  const found = parent.querySelector(".cchc-chart");
  if (found) return found;
  const stage = document.createElement("div");
  stage.className = "cchc-chart";
  parent.append(stage);
  return stage;
}

async function draw(stage, data) {
  const Plotly = await plotly(data.library);
  stage.notice?.remove();
  if (!stage.isConnected) return;
  const { data: traces, layout } = JSON.parse(data.figure);
  layout.font.family = getComputedStyle(stage).fontFamily;
  await Plotly.react(stage, traces, layout, data.config);
  if (stage.watcher) return;
  stage.on("plotly_click", (event) => {
    const chosen = event.points[0]?.id;
    if (chosen) stage.choose(chosen);
  });
  stage.watcher = new ResizeObserver(() => Plotly.Plots.resize(stage));
  stage.watcher.observe(stage.parentElement);
}

function wish(stage, data) {
  // Called at every run of the page; only a figure that moved is drawn.
  if (stage.figure === data.figure) return;
  stage.figure = data.figure;
  stage.style.minHeight = `${data.height}px`;
  stage.work = (stage.work ?? Promise.resolve()).then(() => draw(stage, data)).catch((why) => fail(stage, data, why));
}

function fail(stage, data, why) {
  console.error(why);
  stage.notice ??= document.createElement("p");
  stage.notice.setAttribute("role", "status");
  stage.notice.textContent = "Chưa vẽ được biểu đồ, đang thử lại.";
  stage.append(stage.notice);
  if (stage.figure !== data.figure) return; // a newer one waits behind it
  stage.figure = undefined;
  // Not every run of the page comes here, and there may be none for long.
  setTimeout(() => {
    if (stage.isConnected && stage.figure === undefined) wish(stage, data);
  }, AGAIN_AFTER_MS);
}

export default function ({ data, parentElement, setTriggerValue }) {
  const stage = stageIn(parentElement);
  stage.choose = (chosen) => setTriggerValue("chosen", chosen);
  wish(stage, data);
  return () => {
    stage.watcher?.disconnect();
    if (stage.watcher) window.Plotly.purge(stage);
    stage.remove();
  };
}
