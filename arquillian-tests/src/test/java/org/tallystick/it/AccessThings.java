package org.tallystick.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.cose.CoseSign1;
import org.tallystick.device.DeviceEvents;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.launcher.bank.BankClient;
import org.tallystick.launcher.bank.Customer;
import org.tallystick.launcher.drill.Payments;
import org.tallystick.log.LogLine;
import org.tallystick.receipt.Receipt;
import org.tallystick.tree.Checkpoint;
import org.tallystick.tree.MerkleTree;

/**
 * The things that addresses name, all of them of one institution and there: a party with wallet,
 * documents and a device that has paid, one with a hit, a program, a member of the staff, an
 * agreement that waits. And a party of no institution.
 */
final class AccessThings {
  static final String IBAN = "DE89370400440532013000";

  private static final String NO_UUID = "00000000-0000-0000-0000-000000000000";

  /** Names of nothing, by what they would name. */
  private static final Map<String, String> NOTHING =
      Map.of(
          "account", "999999999999",
          "number", "0000000000000000",
          "receipt", "0000000000000000",
          "leaf", Base64Url.encode(new byte[MerkleTree.HASH_LENGTH]),
          "version", "9998",
          "slug", "no-such-problem",
          "webhook", NO_UUID,
          "delivery", NO_UUID);

  private final AccessPeople people;
  private final AccessWebhooks webhooks;
  private final RecordingConnection.Messages messages = new RecordingConnection.Messages();
  private final Map<String, String> named = new HashMap<>();
  private final AccountHolder stranger;
  private final Customer party;

  AccessThings(AccessPeople people) throws InterruptedException, GeneralSecurityException {
    this.people = people;
    webhooks = new AccessWebhooks(people);
    party = approved("Alice Own", "PERSON", "USER");
    stranger = BankIT.devices().fundedUser("Bob Elsewhere", 1_00);
    people.know(AccessColumn.PARTY, bearer(party));
    people.know(AccessColumn.OTHER_PARTY, bearer(stranger.customer()));
    named.put("registration", party.registration());
    named.put("institution", people.institution());
    named.put("slug", "not-found");
    named.put("version", "1");
    named.put("list", "UN");
    named.put("client", spareProgram());
    named.put("user", spareMember());
    named.put("document", document());
    named.put("session", session());
    named.put("key", key());
    named.put("hit", hit());
    pay();
    fillWallet();
    propose();
  }

  static String bearer(Customer customer) {
    return "Bearer " + customer.token();
  }

  private static BankClient client() {
    return BankIT.client();
  }

  private Customer applied(String name, String kind, String role) {
    Map<String, String> application = new HashMap<>();
    application.put("kind", kind);
    application.put("role", role);
    application.put("name", name);
    application.put("institution", people.institution());
    if (role.equals("PROVIDER")) {
      application.put("displayName", name + " " + UUID.randomUUID().toString().substring(0, 8));
      application.put("place", "Springfield");
    }
    Customer customer = BankIT.office().applied(application);
    customer.identify(AccessBodies.identification(name, kind));
    customer.handIn(
        kind.equals("PERSON") ? "NATIONAL_ID" : "REGISTRATION_EXTRACT",
        "application/pdf",
        AccessBodies.PDF.getBytes(StandardCharsets.US_ASCII));
    customer.submit();
    return customer;
  }

  private Customer approved(String name, String kind, String role) {
    Customer customer = applied(name, kind, role);
    for (String who : List.of(BankIT.office().clerk(), BankIT.office().approver())) {
      client()
          .mustPost(
              "/registrations/" + customer.registration() + "/approval",
              who,
              Map.of("reason", "seen"));
    }
    return customer;
  }

  /** A program that nobody uses. */
  String spareProgram() {
    return AccessPeople.registered(people.institution(), List.of("WEBHOOKS")).client();
  }

  private static String spareMember() {
    String user = AccessPeople.name();
    client()
        .mustPost(
            "/staff",
            BankIT.office().administrator(),
            Map.of("user", user, "roles", List.of("CLERK")));
    return user;
  }

  private String document() {
    return client()
        .mustGet("/registrations/" + party.registration() + "/documents", bearer(party))
        .body()
        .path("documents")
        .path(0)
        .path("document")
        .asText();
  }

  /** Another session of the institution's clerk. */
  private String session() {
    people.signIn(AccessColumn.OWN_CLERK);
    for (JsonNode one :
        client()
            .mustGet("/sessions", people.authorization(AccessColumn.OWN_CLERK))
            .body()
            .path("sessions")) {
      if (!one.path("current").asBoolean()) {
        return one.path("session").asText();
      }
    }
    throw new AssertionError("two sessions are not two");
  }

  /** A security key of the institution's local administrator. */
  private String key() throws GeneralSecurityException {
    String owner = people.authorization(AccessColumn.OWN_LOCAL);
    String challenge =
        client()
            .mustPost("/security-keys/options", owner, Map.of())
            .body()
            .path("publicKey")
            .path("challenge")
            .asText();
    client()
        .mustPost(
            "/security-keys",
            owner,
            Map.of("name", "blue", "credential", AccessBodies.key().create(challenge)));
    return client()
        .mustGet("/security-keys", owner)
        .body()
        .path("keys")
        .path(0)
        .path("key")
        .asText();
  }

  /** Somebody whose name is on the sample list. */
  private String hit() throws InterruptedException {
    Customer listed = applied("Mikhail Tarvolenko", "PERSON", "USER");
    BankIT.await("a hit", () -> !hitOf(listed).isEmpty());
    return hitOf(listed);
  }

  private static String hitOf(Customer customer) {
    for (JsonNode hit :
        client()
            .mustGet("/screening/hits?limit=200&state=OPEN", BankIT.office().clerk())
            .body()
            .path("hits")) {
      if (hit.path("registration").asText().equals(customer.registration())) {
        return hit.path("hit").asText();
      }
    }
    return "";
  }

  private void pay() throws InterruptedException {
    String account = party.account("USD", "Account 1");
    BankIT.office().deposit(account, 10_00, "USD", "opening-" + party.registration());
    String name = "access-" + UUID.randomUUID();
    TallystickDevice phone =
        BankIT.devices()
            .device(
                party,
                name,
                Payments.PIN,
                bank -> new RecordingConnection(bank, messages),
                DeviceEvents.NONE);
    BankIT.User user = new BankIT.User(new AccountHolder(party, account), name, phone);
    Customer seller = approved("Al Own", "ORGANISATION", "PROVIDER");
    String till = seller.account("USD", "Till account");
    BankIT.Shop shop =
        new BankIT.Shop(
            new AccountHolder(seller, till), BankIT.devices().device(seller, "till-" + name, null));
    FinishedEntry paid = BankIT.assertPays(user, shop, 1_00);
    phone.askStatus().orElseThrow();
    byte[] id = phone.identity().orElseThrow().binding().deviceId();
    LogLine line = phone.receipts().get(0).line();
    named.put("account", account);
    named.put("device", Base64Url.encode(id));
    named.put("deviceId", Base64Url.encode(id));
    named.put("number", paid.number());
    named.put(
        "receipt",
        TransactionNumber.text(
            Receipt.decode(CoseSign1.decode(paid.receipt()).payload()).receiptNumber()));
    named.put("pickup", messages.pickup());
    named.put("id", messages.enrolment());
    String leaf = Base64Url.encode(MerkleTree.leafHash(id, line.index(), line.head()));
    named.put("leaf", leaf);
    BankIT.await(
        "the payment in the tree",
        () -> {
          String size = phone.checkpoint().value().map(Checkpoint::size).orElse(0L).toString();
          named.put("size", size);
          return client().get("/log/inclusion/" + leaf + "?size=" + size, null).good();
        });
  }

  private void fillWallet() {
    String instrument = external("elsewhere");
    named.put("instrument", instrument);
    named.put("place", place());
    client()
        .mustPost("/wallet/instruments/" + instrument + "/verification", bearer(party), Map.of());
    String after = "";
    while (!named.containsKey("microDeposit")) {
      JsonNode page =
          client().mustGet("/micro-deposits?limit=200" + after, BankIT.office().clerk()).body();
      for (JsonNode order : page.path("microDeposits")) {
        if (order.path("instrument").asText().equals(instrument)) {
          named.put("microDeposit", order.path("microDeposit").asText());
        }
      }
      after = "&after=" + page.path("next").asText();
    }
  }

  private String external(String shorthand) {
    return client()
        .mustPost("/wallet/external-accounts", bearer(party), AccessBodies.external(shorthand))
        .text("instrument");
  }

  private String place() {
    return client()
        .mustPost("/wallet/addresses", bearer(party), AccessBodies.place("home " + counted()))
        .text("place");
  }

  private static String counted() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  private static void propose() throws InterruptedException {
    BankIT.await(
        "no version waits",
        () ->
            !Instant.parse(
                    client()
                        .mustGet("/agreements?limit=1", null)
                        .body()
                        .path("agreements")
                        .path(0)
                        .path("effectiveAt")
                        .asText())
                .isAfter(Instant.now()));
    client().mustPost("/agreements/proposal", BankIT.office().otherApprover(), proposal());
  }

  static Map<String, Object> proposal() {
    return Map.of(
        "text",
        "AGREEMENT\n\n1. Everything as before, " + UUID.randomUUID() + ".\n",
        "effectiveAt",
        Instant.now().plus(9, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** What a device has sent. */
  RecordingConnection.Messages messages() {
    return messages;
  }

  /** The thing of the institution with that name in addresses. */
  String named(String parameter) {
    if (parameter.equals("webhook")) {
      return webhooks.webhook();
    }
    if (parameter.equals("delivery")) {
      return webhooks.delivery();
    }
    if (parameter.equals("export")) {
      return named.computeIfAbsent(parameter, first -> opened("/exports", bearer(party), Map.of()));
    }
    if (parameter.equals("dossierExport")) {
      return named.computeIfAbsent(
          parameter,
          first ->
              opened(
                  "/dossier/exports",
                  people.authorization(AccessColumn.OWN_CLERK),
                  Map.of("reason", "by letter")));
    }
    String thing = named.get(parameter);
    if (thing == null) {
      throw new AssertionError("nothing is there for {" + parameter + "}");
    }
    return thing;
  }

  /** A name of nothing. */
  static String nothing(String parameter) {
    return NOTHING.getOrDefault(parameter, "A".repeat(22));
  }

  /** What is the consortium's own, where there is such a thing; else the institution's. */
  String ofTheConsortium(String parameter) {
    return switch (parameter) {
      case "registration" -> stranger.customer().registration();
      case "account" -> stranger.account();
      default -> named(parameter);
    };
  }

  /** One that may be deleted. */
  String spare(String parameter) {
    return switch (parameter) {
      case "instrument" -> external("spare " + counted());
      case "place" -> place();
      case "client" -> spareProgram();
      case "webhook" -> webhooks.made();
      default -> named(parameter);
    };
  }

  private String opened(String place, String who, Map<String, String> body) {
    return client()
        .mustPost("/registrations/" + party.registration() + place, who, body)
        .text("export");
  }

  /** What has to come before, so that whoever may does it. */
  void prepare(String path, AccessColumn who) {
    if (path.endsWith("/activations") && who == AccessColumn.PARTY) {
      client()
          .mustPost(
              "/registrations/" + party.registration() + "/activation-approvals",
              BankIT.office().approver(),
              Map.of());
    } else if ((path.endsWith("/recovery") || path.endsWith("/password-reset"))
        && who == AccessColumn.APPROVER) {
      client()
          .mustPost(
              "/staff/accounts/" + named("user") + path.substring(path.lastIndexOf('/')),
              BankIT.office().administrator(),
              Map.of("reason", "lost"));
    }
  }

  /** Words that no foreign eye may read. */
  List<String> secrets() {
    return List.of(
        named("registration"), named("device"), named("number"), named("hit"), named("document"));
  }

  static void withdrawProposal() {
    JsonNode open = client().mustGet("/agreements/proposal", BankIT.office().auditor()).body();
    client()
        .mustPost(
            "/agreements/proposal/withdrawal",
            BankIT.office().otherApprover(),
            Map.of("version", open.path("version").asInt()));
  }
}
