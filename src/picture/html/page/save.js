// Saves the picture as it is shown: with what is lit, without what is filtered out, in its colours.

function saved() {
  const { width, height } = picture.size;
  const made = shape("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": picture.svg.getAttribute("font-family"), class: sheet.className });
  const style = shape("style", {});
  style.textContent = $("drawn").textContent;
  const base = shape("g", over.children.length ? { class: picture.isGraph ? "dimmed graph" : "dimmed" } : {});
  base.append(...picture.svg.cloneNode(true).children);
  const lit = shape("g", {});
  lit.append(...over.cloneNode(true).children);
  made.append(style, $("marks").cloneNode(true), ...base.querySelectorAll(":scope>title,:scope>desc"), base, lit);
  for (const g of made.querySelectorAll("[tabindex]")) for (const name of ["tabindex", "role", "aria-label"]) g.removeAttribute(name);
  // Other programs know no variables.
  const root = getComputedStyle(document.documentElement);
  return new XMLSerializer().serializeToString(made).replace(/var\((--[\w-]+)\)/g, (_, name) => root.getPropertyValue(name).trim());
}
function download(blob, ending) {
  const href = URL.createObjectURL(blob);
  el("a", { href, download: [data.title, picture.name].join(" ").replace(/[^\p{L}\p{N}]+/gu, "-") + ending }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60000);
}
const asSvg = () => new Blob([saved()], { type: "image/svg+xml" });
async function asPng() {
  const { width, height } = picture.size;
  // Browsers draw nothing on a canvas that is larger.
  const scale = Math.min(2, 16000 / Math.max(width, height), Math.sqrt(1e8 / (width * height)));
  const image = new Image();
  image.src = URL.createObjectURL(asSvg());
  await image.decode();
  const canvas = el("canvas", { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
$("save-svg").addEventListener("click", () => download(asSvg(), ".svg"));
$("save-png").addEventListener("click", async () => download(await asPng(), ".png"));
