import { documentOf, resolved } from "./common.js";

export default (operation, _options, context) => {
  const document = documentOf(context);
  const names = (operation.parameters ?? []).map((parameter) => resolved(parameter, document)?.name);
  const schema = resolved(operation.responses?.["200"]?.content?.["application/json"]?.schema, document);
  const properties = schema?.properties ?? {};
  const found = [];
  if (names.includes("offset") || names.includes("page")) {
    found.push({ message: "lists are paged by cursor (after, limit), not by number" });
  }
  if (names.includes("after")) {
    if (!names.includes("limit")) found.push({ message: "a list with after takes limit" });
    if (!properties.next) found.push({ message: "a page has next" });
    const arrays = Object.values(properties).filter((member) => resolved(member, document)?.type === "array");
    if (arrays.length !== 1) found.push({ message: "a page has one array" });
  } else if (properties.next) {
    found.push({ message: "what answers next takes after" });
  }
  return found;
};
