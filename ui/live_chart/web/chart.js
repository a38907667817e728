// A chart that takes new figures without being put up anew: what a reader zoomed or hid stays as it is.

let library;

function plotly(address) {
  library ??= new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => loaded(window.Plotly);
    script.onerror = () => {
      library = undefined;
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

export default function ({ data, parentElement, setTriggerValue }) {
  const stage = stageIn(parentElement);
  stage.choose = (chosen) => setTriggerValue("chosen", chosen);
  // Called at every run of the page; only a figure that moved is drawn.
  if (stage.figure !== data.figure) {
    stage.figure = data.figure;
    stage.style.minHeight = `${data.height}px`;
    stage.work = (stage.work ?? Promise.resolve()).catch(() => {}).then(() => draw(stage, data));
  }
  return () => {
    stage.watcher?.disconnect();
    if (stage.watcher) window.Plotly.purge(stage);
    stage.remove();
  };
}
