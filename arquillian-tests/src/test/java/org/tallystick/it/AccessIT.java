package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.cose.CoseSign1;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.launcher.bank.AccountHolder;
import org.tallystick.receipt.Receipt;

/**
 * That a refusal does not tell what is there, where {@link AccessTableIT} cannot see it.
 *
 * <p>TSE-01 (only registered parties and the bank's people act), TSE-14 (receipts are for their
 * party and the auditor), TSE-06 (a wallet is its owner's).
 */
final class AccessIT extends BankIT {
  private static final String NOBODY = "AAAAAAAAAAAAAAAAAAAAAA";
  private static final String NUMBER = "0000000000000000";

  /** No credentials, malformed ones, unknown ones, and good ones of the other kind. */
  private static List<String> notSignedIn(String otherKind) {
    return List.of(
        "",
        "Bearer",
        "Bearer ",
        "Bearer " + "A".repeat(43),
        "Bearer " + "A".repeat(4000),
        "Basic YWRtaW46YWRtaW4=",
        "Receipt " + NOBODY,
        otherKind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sessions", "staff/password"})
  void signIn_wrongPasswordAndUnknownUser_haveTheSameAnswer(String path)
      throws IOException, InterruptedException {
    HttpResponse<String> wrong = ask("POST", path, credentials(path, "auditor"), "");
    HttpResponse<String> unknown = ask("POST", path, credentials(path, "nobody-here"), "");

    assertProblem(wrong, 401);
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(unknown.headers().map().keySet()).isEqualTo(wrong.headers().map().keySet());
  }

  private static String credentials(String path, String user) {
    String more = path.equals("sessions") ? "" : ",\"newPassword\":\"long enough for everybody\"";
    return "{\"user\":\"" + user + "\",\"password\":\"not this one at all\"" + more + "}";
  }

  @Test
  void party_whoseRegistrationIsClosed_getsNoActivation() {
    AccountHolder gone = devices().fundedUser("Ursula Gone", 1_00);
    office().registrationState(gone.customer(), "CLOSED", "asked for it");

    assertThat(
            client()
                .post(
                    "/registrations/" + gone.customer().registration() + "/activations",
                    "Bearer " + gone.customer().token(),
                    Map.of())
                .status())
        .isIn(401, 403);
  }

  @Test
  void receipt_withoutItsToken_looksUnknown() throws IOException, InterruptedException {
    User user = user();
    Shop shop = shop();
    FinishedEntry paid = assertPays(user, shop, 1_00);
    String number =
        TransactionNumber.text(
            Receipt.decode(CoseSign1.decode(paid.receipt()).payload()).receiptNumber());
    String unknown = ask("GET", "receipts/" + NUMBER, "", "").body();
    List<String> bad = new ArrayList<>(notSignedIn(office().clerk()));
    bad.addAll(List.of(office().approver(), "Receipt", "Receipt !", "Receipt AAAA"));
    bad.add("Bearer " + shop.holder().customer().token());
    for (String authorization : bad) {
      HttpResponse<String> answer = ask("GET", "receipts/" + number, "", authorization);
      assertProblem(answer, 404);
      assertThat(answer.body()).isEqualTo(unknown);
    }
    assertThat(office().findsReceipt(number)).isTrue();
    assertThat(office().findsReceipt(NUMBER)).isFalse();
  }

  @Test
  void answer_forAnUnknownPickup_looksLikeOneThatIsPending()
      throws IOException, InterruptedException {
    Shop shop = shop();
    OutboxEntry bill = shop.bill(1_00);
    send(shop.till(), bill);
    awaitParked(bill);
    HttpResponse<String> waiting = ask("GET", "answers/" + Base64Url.encode(bill.pickup()), "", "");
    HttpResponse<String> unknown = ask("GET", "answers/" + NOBODY, "", "");
    HttpResponse<String> polled = ask("GET", "answers/" + NOBODY + "?wait=1", "", "");

    assertThat(waiting.statusCode()).isEqualTo(200);
    assertThat(unknown.statusCode()).isEqualTo(200);
    assertThat(waiting.body()).isEqualTo("{\"state\":\"PENDING\"}");
    assertThat(unknown.body()).isEqualTo(waiting.body());
    assertThat(polled.body()).isEqualTo(waiting.body());
    assertThat(unknown.headers().map().keySet()).isEqualTo(waiting.headers().map().keySet());
  }

  private static HttpResponse<String> ask(
      String method, String path, String body, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(api(path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return send(request);
  }
}
