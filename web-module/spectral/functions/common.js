// What the rules' functions have in common.

/** The thing itself, or what its $ref within the document leads to. */
export function resolved(thing, document) {
  const reference = thing?.$ref;
  if (typeof reference !== "string") return thing;
  return reference
    .slice(2)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((at, step) => at?.[step], document);
}

export const documentOf = (context) => context.documentInventory.unresolved;

export const hasCredentials = (operation) => Array.isArray(operation.security) && operation.security.length > 0;
