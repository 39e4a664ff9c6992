package org.tallystick.it;

import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import org.tallystick.codec.Base64Url;

/** Those who are shown nothing of what the tests' own party has and does. */
enum Stranger {
  /** Nobody has signed in. */
  ANYBODY,
  /** A token of the right form that the bank never gave. */
  FALSE_TOKEN,
  /** A receipt's token of the right form that no device made. */
  FALSE_RECEIPT_TOKEN,
  /** A customer of the same bank. */
  OTHER_PARTY,
  /** One who may do in another institution all that its staff may do. */
  FOREIGN_STAFF,
  /** Another institution's program, with all scopes. */
  FOREIGN_PROGRAM;

  private static final int PARTY_TOKEN = 32;
  private static final int RECEIPT_TOKEN = 16;

  /** The request, as this one makes it. */
  RawRequest asks(RawRequest request) {
    String authorization = People.AUTHORIZATIONS.get(this);
    return authorization == null || authorization.isEmpty()
        ? request
        : request.with("Authorization", authorization);
  }

  /** They are let in with the first request, since there must be a server first. */
  private static final class People {
    static final Map<Stranger, String> AUTHORIZATIONS = letIn();

    private static Map<Stranger, String> letIn() {
      Map<Stranger, String> all = new EnumMap<>(Stranger.class);
      all.put(ANYBODY, "");
      all.put(FALSE_TOKEN, "Bearer " + drawn(PARTY_TOKEN));
      all.put(FALSE_RECEIPT_TOKEN, "Receipt " + drawn(RECEIPT_TOKEN));
      all.put(
          OTHER_PARTY,
          "Bearer " + BankIT.devices().fundedUser("Olga Other", 1_00).customer().token());
      String institution = AccessPeople.opened();
      all.put(
          FOREIGN_STAFF,
          ExampleState.signedIn(AccessPeople.hired(institution, "CLERK", "APPROVER", "AUDITOR")));
      all.put(
          FOREIGN_PROGRAM,
          AccessPeople.authorization(AccessPeople.registered(institution, AccessPeople.SCOPES)));
      return all;
    }
  }

  static String drawn(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return Base64Url.encode(bytes);
  }
}
