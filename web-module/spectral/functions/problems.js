import { documentOf, resolved } from "./common.js";

// 503 of health is the one error that is no problem document: load balancers read the same body as with 200.
const REPORT = "#/components/schemas/Health";

export default (responses, _options, context) => {
  const found = [];
  for (const [status, response] of Object.entries(responses)) {
    if (!/^[45]/.test(status)) continue;
    const content = resolved(response, documentOf(context))?.content ?? {};
    const media = content["application/problem+json"];
    const report = JSON.stringify(content).includes('"status"') && content["application/json"]?.schema;
    const isReport = report && (report.$ref === REPORT || report.description === "Which parts of this node answer.");
    if (!media && !isReport) {
      found.push({ message: `${status} must be application/problem+json` });
    } else if (media && !media.example && Object.keys(media.examples ?? {}).length === 0) {
      found.push({ message: `${status} must show which problems it may be` });
    }
  }
  return found;
};
