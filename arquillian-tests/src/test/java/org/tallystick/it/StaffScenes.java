package org.tallystick.it;

import static org.tallystick.it.ExampleState.JSON;
import static org.tallystick.it.ExampleState.fresh;
import static org.tallystick.it.ExampleState.hired;
import static org.tallystick.it.ExampleState.institution;
import static org.tallystick.it.ExampleState.signedIn;
import static org.tallystick.it.ExampleState.staff;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.tallystick.it.Scene.Sample;
import org.tallystick.launcher.bank.Reply;

/** The bank's own people: sessions, security keys, accounts. */
final class StaffScenes {
  private static final String ORIGIN =
      "http://localhost:" + Integer.getInteger("tallystick.it.httpPort");

  private StaffScenes() {}

  static Map<String, Scene> all() {
    return Map.ofEntries(
        Map.entry("signIn", sample -> signIn(sample.answered())),
        Map.entry("sessions", sample -> sessions()),
        Map.entry("signOutEverywhere", sample -> new Call().as(anyone())),
        Map.entry("assertion", sample -> asserted()),
        Map.entry("endSession", sample -> endSession()),
        Map.entry("signOut", sample -> new Call().as(anyone())),
        Map.entry("openStaffAccount", sample -> administrator().with("/user", fresh("anna"))),
        Map.entry("choosePassword", sample -> choice()),
        Map.entry("securityKeys", sample -> keys()),
        Map.entry("addSecurityKey", sample -> added()),
        Map.entry("beginSecurityKey", sample -> begun()),
        Map.entry("renameSecurityKey", sample -> keys()),
        Map.entry("removeSecurityKey", sample -> keys()),
        Map.entry("staffAccounts", sample -> accounts()),
        Map.entry("staffAccount", sample -> account()),
        Map.entry("staffChanges", sample -> account()),
        Map.entry("changeRoles", sample -> changed()),
        Map.entry("moveStaff", sample -> changed()),
        Map.entry("recoverStaff", sample -> changed()),
        Map.entry("resetPassword", StaffScenes::reset));
  }

  private static Call administrator() {
    return new Call().as(BankIT.office().administrator());
  }

  private static String anyone() {
    return staff(fresh("anna"), Map.of(), "CLERK");
  }

  private static Call signIn(String answered) throws GeneralSecurityException {
    String user = fresh("anna");
    String session = staff(user, Map.of(), "CLERK");
    if (answered.equals("key")) {
      register(session, new EmulatedKey(ORIGIN));
    }
    return new Call().with("/user", user).says("bank.example", "localhost");
  }

  private static Call sessions() throws GeneralSecurityException {
    String user = fresh("anna");
    EmulatedKey key = new EmulatedKey(ORIGIN);
    register(staff(user, Map.of(), "CLERK"), key);
    Reply second = BankIT.client().mustPost("/sessions/assertion", null, key.sign(asked(user)));
    return new Call().as("Bearer " + second.text("token"));
  }

  private static Call asserted() throws GeneralSecurityException {
    String user = fresh("anna");
    EmulatedKey key = new EmulatedKey(ORIGIN);
    register(staff(user, Map.of(), "CLERK"), key);
    JsonNode signed = JSON.valueToTree(key.sign(asked(user)));
    return new Call()
        .with("/id", signed.path("id"))
        .with("/rawId", signed.path("rawId"))
        .with("/response", signed.path("response"));
  }

  private static Call endSession() {
    String user = fresh("anna");
    String first = staff(user, Map.of(), "CLERK");
    signedIn(user);
    for (JsonNode one : BankIT.client().mustGet("/sessions", first).body().path("sessions")) {
      if (!one.path("current").asBoolean()) {
        return new Call().as(first).at("session", one.path("session").asText());
      }
    }
    throw new IllegalStateException("no other session");
  }

  private static Call choice() {
    String user = fresh("anna");
    return new Call().with("/user", user).with("/password", hired(user, Map.of(), "CLERK"));
  }

  /** Somebody with one key, which is named. */
  private static Call keys() throws GeneralSecurityException {
    String session = anyone();
    register(session, new EmulatedKey(ORIGIN));
    String key =
        BankIT.client()
            .mustGet("/security-keys", session)
            .body()
            .path("keys")
            .path(0)
            .path("key")
            .asText();
    return new Call().as(session).at("key", key);
  }

  private static Call added() throws GeneralSecurityException {
    String session = anyone();
    JsonNode made = JSON.valueToTree(new EmulatedKey(ORIGIN).create(challenge(session)));
    return new Call()
        .as(session)
        .with("/credential/id", made.path("id"))
        .with("/credential/rawId", made.path("rawId"))
        .with("/credential/response", made.path("response"));
  }

  private static Call begun() {
    String user = fresh("anna");
    return new Call()
        .as(staff(user, Map.of(), "CLERK"))
        .says("anna", user)
        .says("bank.example", "localhost");
  }

  /** An account with a password and a key, which the auditor looks at. */
  private static Call account() throws GeneralSecurityException {
    String user = fresh("Anna-");
    register(staff(user, Map.of(), "CLERK"), new EmulatedKey(ORIGIN));
    return new Call().as(BankIT.office().auditor()).at("user", user).says("anna", user);
  }

  /** Every role is among them. */
  private static Call accounts() throws GeneralSecurityException {
    hired(
        fresh("anna"),
        Map.of("institution", institution(fresh("Harbour "))),
        "LOCAL_ADMINISTRATOR");
    return account().query("limit", "200");
  }

  private static Call changed() throws GeneralSecurityException {
    return account().as(BankIT.office().administrator());
  }

  private static Call reset(Sample sample) throws GeneralSecurityException {
    Call call = changed();
    if (sample.answered().equals("proposed")) {
      return call;
    }
    String user = fresh("Anna-");
    staff(user, Map.of(), "CLERK");
    BankIT.client()
        .mustPost(
            "/staff/accounts/" + user + "/password-reset",
            BankIT.office().administrator(),
            Map.of("reason", "forgotten"));
    return new Call().as(BankIT.office().approver()).at("user", user);
  }

  static void register(String session, EmulatedKey key) {
    BankIT.client()
        .mustPost(
            "/security-keys",
            session,
            Map.of("name", "blue key", "credential", key.create(challenge(session))));
  }

  private static String challenge(String session) {
    return BankIT.client()
        .mustPost("/security-keys/options", session, Map.of())
        .body()
        .path("publicKey")
        .path("challenge")
        .asText();
  }

  private static String asked(String user) {
    return BankIT.client()
        .mustPost("/sessions", null, Map.of("user", user, "password", ExampleState.OWN_PASSWORD))
        .body()
        .path("publicKey")
        .path("challenge")
        .asText();
  }
}
