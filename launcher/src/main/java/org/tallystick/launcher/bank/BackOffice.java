package org.tallystick.launcher.bank;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.tallystick.codec.Base64Url;

/**
 * The bank's staff at work: a clerk, an approver and an auditor, each signed in. Made from the
 * first administrator's one-time password, as a bank's own people would.
 */
public final class BackOffice {
  /** The least that is a document. */
  private static final String DOCUMENT =
      """
      %PDF-1.4
      1 0 obj
      << /Type /Catalog >>
      endobj
      trailer << /Root 1 0 R >>
      startxref
      9
      %%EOF
      """;

  private static final Map<String, ?> ADDRESS =
      Map.of(
          "lines", List.of("742 Evergreen Terrace"),
          "locality", "Springfield",
          "postcode", "97477",
          "country", "US");

  private final BankClient bank;
  private final String administrator;
  private final String clerk;
  private final String approver;
  private final String otherApprover;
  private final String auditor;

  private BackOffice(
      BankClient bank,
      String administrator,
      String clerk,
      String approver,
      String otherApprover,
      String auditor) {
    this.bank = bank;
    this.administrator = administrator;
    this.clerk = clerk;
    this.approver = approver;
    this.otherApprover = otherApprover;
    this.auditor = auditor;
  }

  /**
   * Takes the bank over from its first administrator, hires four people and loads the sample list.
   */
  public static BackOffice open(BankClient bank, String oneTimePassword, SecureRandom random) {
    String admin = signIn(bank, "admin", oneTimePassword, random);
    SampleList.load(bank, admin);
    return new BackOffice(
        bank,
        admin,
        hire(bank, admin, "clerk", "CLERK", random),
        hire(bank, admin, "approver", "APPROVER", random),
        hire(bank, admin, "approver-2", "APPROVER", random),
        hire(bank, admin, "auditor", "AUDITOR", random));
  }

  private static String hire(
      BankClient bank, String admin, String user, String role, SecureRandom random) {
    String oneTime =
        bank.mustPost("/staff", admin, Map.of("user", user, "roles", List.of(role)))
            .text("oneTimePassword");
    return signIn(bank, user, oneTime, random);
  }

  private static String signIn(
      BankClient bank, String user, String oneTimePassword, SecureRandom random) {
    byte[] bytes = new byte[18];
    random.nextBytes(bytes);
    String password = Base64Url.encode(bytes);
    bank.mustPost(
        "/staff/password",
        null,
        Map.of("user", user, "password", oneTimePassword, "newPassword", password));
    return "Bearer "
        + bank.mustPost("/sessions", null, Map.of("user", user, "password", password))
            .text("token");
  }

  /** Authorization header of the administrator. */
  public String administrator() {
    return administrator;
  }

  /** Authorization header of the clerk. */
  public String clerk() {
    return clerk;
  }

  /** Authorization header of the approver. */
  public String approver() {
    return approver;
  }

  /** Authorization header of another approver, where two of them have to agree. */
  public String otherApprover() {
    return otherApprover;
  }

  /** Authorization header of the auditor. */
  public String auditor() {
    return auditor;
  }

  /** The bank. */
  public BankClient bank() {
    return bank;
  }

  /** Registers a person who pays, all the way to approval; its first device makes it active. */
  public Customer user(String name) {
    return approved(
        applied(Map.of("kind", "PERSON", "role", "USER", "name", name)),
        person(name),
        "NATIONAL_ID");
  }

  /** Registers an organisation that is paid, all the way to approval. */
  public Customer provider(String name, String displayName, String place) {
    return approved(
        applied(
            Map.of(
                "kind",
                "ORGANISATION",
                "role",
                "PROVIDER",
                "name",
                name,
                "displayName",
                displayName,
                "place",
                place)),
        organisation(name),
        "REGISTRATION_EXTRACT");
  }

  /** Someone applies. */
  public Customer applied(Map<String, String> application) {
    Reply registered = bank.mustPost("/registrations", null, application);
    return new Customer(bank, registered.text("registration"), registered.text("partyToken"));
  }

  /** A person who pays has submitted who it is, and is screened. */
  public Customer submitted(String name) {
    Customer customer = applied(Map.of("kind", "PERSON", "role", "USER", "name", name));
    submit(customer, person(name), "NATIONAL_ID");
    return customer;
  }

  /** It says and shows who it is; a clerk proposes approval and an approver confirms. */
  private Customer approved(Customer customer, Map<String, ?> identification, String document) {
    submit(customer, identification, document);
    approve(customer);
    return customer;
  }

  private static void submit(Customer customer, Map<String, ?> identification, String document) {
    customer.identify(identification);
    customer.handIn(document, "application/pdf", DOCUMENT.getBytes(StandardCharsets.US_ASCII));
    customer.submit();
  }

  /** A clerk proposes approval and an approver confirms. */
  public void approve(Customer customer) {
    for (String who : List.of(clerk, approver)) {
      bank.mustPost(
          "/registrations/" + customer.registration() + "/approval",
          who,
          Map.of("reason", "identity checked at the counter"));
    }
  }

  private static Map<String, ?> person(String name) {
    String[] parts = name.strip().split("\\s+", 2);
    return Map.of(
        "person",
        Map.of(
            "given",
            parts[0],
            "family",
            parts.length > 1 ? parts[1] : parts[0],
            "born",
            "1990-12-10",
            "address",
            ADDRESS,
            "nationality",
            "US",
            "paper",
            Map.of("kind", "NATIONAL_ID", "number", "X-4711", "country", "US")));
  }

  private static Map<String, ?> organisation(String name) {
    return Map.of(
        "organisation",
        Map.of(
            "name",
            name,
            "registrationNumber",
            "HRB 4711",
            "country",
            "US",
            "legalForm",
            "Inc.",
            "address",
            ADDRESS,
            "owners",
            List.of(),
            "representatives",
            List.of(Map.of("name", "Marge Bouvier", "born", "1985-03-19", "country", "US"))));
  }

  /** Pays money in at the counter. */
  public void deposit(String account, long amountMinor, String currency, String idempotencyKey) {
    bank.mustPostOnce(
        "/accounts/" + account + "/deposits",
        clerk,
        idempotencyKey,
        Map.of("amountMinor", amountMinor, "currency", currency));
  }

  /** Changes the state of a registration. */
  public void registrationState(Customer customer, String state, String reason) {
    bank.mustPost(
        "/registrations/" + customer.registration() + "/state",
        approver,
        Map.of("state", state, "reason", reason));
  }

  /** What the auditor sees of a transaction. */
  public JsonNode transaction(String number) {
    return bank.mustGet("/transactions/" + number, auditor).body();
  }

  /** Evidence bundle of a transaction, base64url. */
  public String evidence(String number) {
    return bank.mustGet("/transactions/" + number + "/evidence", auditor).text("bundle");
  }

  /** Whether the auditor finds a receipt. */
  public boolean findsReceipt(String receiptNumber) {
    return bank.get("/receipts/" + receiptNumber, auditor).status() == 200;
  }

  /** What is booked on an account, positive on its normal side. */
  public long postedMinor(String account) {
    return bank.mustGet("/accounts/" + account, auditor).body().path("postedMinor").asLong();
  }

  /** How many slots and halves stand in each state. */
  public JsonNode summary() {
    return bank.mustGet("/transactions/summary", auditor).body();
  }

  /** The ledger's trial balance. */
  public JsonNode trialBalance() {
    return bank.mustGet("/ledger/trial-balance", auditor).body();
  }
}
