const OWN_SESSION = /^\/api\/v[0-9]+\/(sessions|security-keys)\b/;

export default (operation, _options, context) => {
  const path = String(context.path[1]);
  const withoutRole = (operation.security ?? []).some((scheme) => scheme.staff && scheme.staff.length === 0);
  return withoutRole && !OWN_SESSION.test(path) ? [{ message: "name the roles of the staff that may" }] : [];
};
