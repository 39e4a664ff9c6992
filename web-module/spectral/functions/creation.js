export default (operation) => {
  const responses = operation.responses ?? {};
  const found = [];
  if (responses["201"] && !responses["201"].content) {
    found.push({ message: "201 must show the new thing" });
  }
  if (responses["200"] && !responses["200"].content) {
    found.push({ message: "a POST that answers nothing says 204" });
  }
  if (/^(Makes|Opens|Adds|Creates|Books|Registers)\b/.test(operation.summary ?? "") && responses["200"]) {
    found.push({ message: "what makes something answers 201, not 200" });
  }
  return found;
};
