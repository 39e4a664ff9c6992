package org.tallystick.problem;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a client may be told went wrong: a stable type, a title and a status.
 *
 * <p>Source: RFC 9457. Types are never renamed; clients switch on them.
 */
public enum Problem {
  MALFORMED_BODY("malformed-body", 400, "The request body is not what this resource takes"),
  BAD_REQUEST("bad-request", 400, "The request is not understood"),
  KEY_MISSING("idempotency-key-missing", 400, "This needs an idempotency key"),
  NOT_AUTHENTICATED("not-authenticated", 401, "Credentials are missing or not good"),
  NOT_PERMITTED("not-permitted", 403, "These credentials do not allow this"),
  PASSWORD_CHOICE_REQUIRED("password-choice-required", 403, "First choose a password of your own"),
  SECURITY_KEY_REQUIRED(
      "security-key-required", 403, "First register a security key, then sign in with it"),
  SIGN_IN_AGAIN("sign-in-again", 403, "For this sign in again: the session is too old"),
  REGISTRATION_NOT_ACTIVE("registration-not-active", 403, "The registration is not active"),
  NOT_FOUND("not-found", 404, "There is nothing here"),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, "This resource does not take this method"),
  NOT_ACCEPTABLE("not-acceptable", 406, "There is no answer in a form that was asked for"),
  BODY_LATE("body-too-slow", 408, "The request body did not come in time"),
  NAME_TAKEN("name-taken", 409, "The name is taken"),
  NAME_CONFUSABLE(
      "name-confusable",
      409,
      "People would take the public name for another provider's, or see nothing of it"),
  INSTITUTION_NOT_OPEN(
      "institution-not-open", 409, "There is no such institution, or nobody may join it now"),
  AGREEMENT_PENDING(
      "agreement-pending", 409, "A version is proposed already, or waits to be in force"),
  STATE_NOT_PERMITTED("state-not-permitted", 409, "That state cannot follow the present one"),
  IDENTIFICATION_INCOMPLETE(
      "identification-incomplete", 409, "Something is missing that has to be submitted"),
  SECOND_PERSON_NEEDED("second-person-needed", 409, "Another person has to confirm this"),
  SCREENING_OPEN("screening-open", 409, "A name may be a listed one; that is to be decided first"),
  SCREENING_NOT_POSSIBLE(
      "screening-not-possible", 409, "The party is not screened against the lists in force"),
  ERASURE_TOO_EARLY("erasure-too-early", 409, "The bank has to keep this for some time yet"),
  ERASURE_TIED("erasure-tied", 409, "Something is still to be done with the party"),
  LIST_SHRUNK("list-shrunk", 409, "The list is much shorter than the one in force"),
  LIST_STAYS("list-stays", 409, "This list cannot be taken out of force"),
  TOO_MANY_DOCUMENTS("too-many-documents", 409, "The party has handed in as many as it may"),
  OWN_ACCOUNT("own-account", 409, "Nobody does that to the own account"),
  LAST_ADMINISTRATOR("last-administrator", 409, "There would be no active administrator left"),
  LAST_SECURITY_KEY(
      "last-security-key", 409, "Everyone needs a security key, and this is the last"),
  SECURITY_KEY_KNOWN("security-key-known", 409, "The security key is registered already"),
  TOO_MANY_SECURITY_KEYS("too-many-security-keys", 409, "There are as many keys as may be"),
  SHORTHAND_TAKEN("shorthand-taken", 409, "Another instrument has that name"),
  ALREADY_ADDED("already-added", 409, "The wallet has that account or card already"),
  WALLET_FULL("wallet-full", 409, "The wallet takes no more at present"),
  TOO_MANY_WEBHOOKS("too-many-webhooks", 409, "The institution has as many webhooks as it may"),
  WEBHOOK_PAUSED("webhook-paused", 409, "The webhook is paused: nothing is sent there"),
  ORDER_NOT_COMPLETE("order-not-complete", 409, "Every instrument must be named once"),
  VERIFICATION_NOT_OPEN(
      "verification-not-open",
      409,
      "There is nothing to confirm: the amounts were not paid out yet, or it is over"),
  VERIFICATION_LIMIT(
      "verification-limit", 409, "Too many verifications were begun; try again in some weeks"),
  ISSUER_NOT_REACHABLE(
      "issuer-not-reachable", 409, "The bank that issued the card cannot be asked at present"),
  CURRENCY_MISMATCH("currency-mismatch", 409, "The account is kept in another currency"),
  ACCOUNT_CLOSED("account-closed", 409, "The account is closed"),
  INSUFFICIENT_FUNDS("insufficient-funds", 409, "The account has not enough"),
  KEY_IN_PROGRESS(
      "idempotency-key-in-progress", 409, "A request with this idempotency key is under way"),
  EXPORT_OVER("export-over", 410, "The export cannot be fetched any more"),
  PRECONDITION_FAILED("precondition-failed", 412, "It has changed since it was looked at"),
  BODY_TOO_LARGE("body-too-large", 413, "The request body is too large"),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "This resource takes another media type"),
  PASSWORD_NOT_ACCEPTABLE(
      "password-not-acceptable",
      422,
      "The new password must be another one of 12 to 128 characters, and not easy to guess"),
  IDENTIFICATION_NOT_VALID(
      "identification-not-valid", 422, "What is said cannot be true, or a name is not readable"),
  KEY_REUSED("idempotency-key-reused", 422, "The idempotency key was used for something else"),
  LIST_NOT_ACCEPTABLE("list-not-acceptable", 422, "The file is not the list that it should be"),
  DOCUMENT_NOT_ACCEPTABLE(
      "document-not-acceptable",
      422,
      "The document is not what it says, or cannot be shown safely"),
  STAFF_NAME_NOT_VALID(
      "staff-name-not-valid", 422, "The name must be 1 to 64 letters, digits and . _ @ -"),
  SECURITY_KEY_NOT_ACCEPTED(
      "security-key-not-accepted", 422, "What the security key and the browser said does not hold"),
  ROLES_NOT_TOGETHER("roles-not-together", 422, "Such staff cannot have these roles"),
  BRAND_NOT_LEGIBLE(
      "brand-not-legible",
      422,
      "The text cannot be read on the background: the contrast is too low"),
  LOGO_NOT_VALID("logo-not-valid", 422, "The logo is not a small PNG image and nothing else"),
  CLIENT_KEYS_NOT_VALID(
      "client-keys-not-valid",
      422,
      "One to eight good public keys with different names, or else one certificate, are needed"),
  WEBHOOK_URL_NOT_VALID(
      "webhook-url-not-valid",
      422,
      "Nothing is sent to such an address: https and a host name only"),
  CARD_NOT_VALID("card-not-valid", 422, "The card number or the expiry is not valid"),
  CARD_EXPIRED("card-expired", 422, "The card has expired"),
  CARD_NOT_VERIFIED("card-not-verified", 422, "The bank that issued the card does not confirm it"),
  ACCOUNT_NOT_VALID("account-not-valid", 422, "The account's number or its bank's is not valid"),
  AMOUNTS_WRONG("amounts-wrong", 422, "Other amounts were paid out"),
  ADDRESS_NOT_VALID("address-not-valid", 422, "The address is not valid"),
  SHORTHAND_NOT_VALID("shorthand-not-valid", 422, "The name must be 1 to 32 printing characters"),
  AGREEMENT_NOT_VALID(
      "agreement-not-valid",
      422,
      "The text must be 1 to 12000 printing characters in lines, in composed form, and a new one"),
  EFFECTIVE_TOO_LATE(
      "effective-too-late", 422, "A version is proposed two years at most before it is in force"),
  NOTICE_TOO_SHORT(
      "notice-too-short", 422, "Parties must have time to read the version before it is in force"),
  TOO_MANY_REQUESTS("too-many-requests", 429, "Too many requests"),
  TOO_MANY_EXPORTS("too-many-exports", 429, "As many exports were opened as may be in a day"),
  UNEXPECTED("unexpected", 500, "Something went wrong here"),
  EXPORTS_BUSY("exports-busy", 503, "As many exports are being sent as may be at a time"),
  UNAVAILABLE("unavailable", 503, "Try again later");

  /** The media type of problem details. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:tallystick:problem:";

  private final String slug;
  private final int status;
  private final String title;

  Problem(String slug, int status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  /** The stable name. */
  public String type() {
    return TYPE_PREFIX + slug;
  }

  /** The last part of the type. */
  String slug() {
    return slug;
  }

  /** What went wrong, in a few words. */
  String title() {
    return title;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The body, without anything particular to the occurrence. */
  public String json() {
    return json(null, null);
  }

  String json(@Nullable String detail, @Nullable String incident) {
    JsonObjectBuilder body =
        Json.createObjectBuilder().add("type", type()).add("title", title).add("status", status);
    if (detail != null) {
      body.add("detail", detail);
    }
    if (incident != null) {
      body.add("incident", incident);
    }
    return body.build().toString();
  }

  /** The response. */
  public Response response() {
    return builder(json()).build();
  }

  /** The response with a sentence on what exactly; it must not repeat what the client sent. */
  public Response response(String detail) {
    return builder(json(detail, null)).build();
  }

  /** The answer to who cannot confirm what somebody has proposed. */
  public static Response approverNeeded(String proposedBy) {
    return SECOND_PERSON_NEEDED.response(
        "proposed by " + proposedBy + ": an approver who is another person has to confirm it");
  }

  Response incident(String incident) {
    return builder(json(null, incident)).build();
  }

  private Response.ResponseBuilder builder(String json) {
    Response.ResponseBuilder builder = Response.status(status).type(MEDIA_TYPE).entity(json);
    return this == NOT_AUTHENTICATED ? builder.header("WWW-Authenticate", "Bearer") : builder;
  }

  /** The problem that stands for a status which the server itself came to. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 401 -> NOT_AUTHENTICATED;
      case 403 -> NOT_PERMITTED;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 406 -> NOT_ACCEPTABLE;
      case 412 -> PRECONDITION_FAILED;
      case 413 -> BODY_TOO_LARGE;
      case 415 -> UNSUPPORTED_MEDIA_TYPE;
      case 429 -> TOO_MANY_REQUESTS;
      case 503 -> UNAVAILABLE;
      default -> status >= 400 && status < 500 ? BAD_REQUEST : UNEXPECTED;
    };
  }
}
