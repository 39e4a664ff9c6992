import { documentOf, hasCredentials, resolved } from "./common.js";

export default (operation, _options, context) => {
  if (!hasCredentials(operation)) return [];
  const header = (operation.parameters ?? [])
    .map((parameter) => resolved(parameter, documentOf(context)))
    .some((parameter) => parameter?.in === "header" && parameter.name === "Idempotency-Key");
  const missing = ["409", "422"].filter((status) => !operation.responses?.[status]);
  if (!header) return [{ message: "a POST with credentials must take Idempotency-Key" }];
  return missing.map((status) => ({ message: `a POST under Idempotency-Key must answer ${status}` }));
};
