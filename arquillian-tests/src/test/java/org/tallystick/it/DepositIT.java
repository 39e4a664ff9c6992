package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.launcher.bank.AccountHolder;

/**
 * Amounts as JSON may write them: only one form is taken, and a deposit is booked once.
 *
 * <p>TSE-12: what the bank's own books take in.
 */
final class DepositIT extends BankIT {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"amountMinor\":null,",
        "\"amountMinor\":1.5,",
        "\"amountMinor\":1.0,",
        "\"amountMinor\":\"100\",",
        "\"amountMinor\":18446744073709551616,",
        "\"amountMinor\":9223372036854775808,",
        "\"amountMinor\":1000000000000001,",
        "\"amountMinor\":1e3,",
        "\"amountMinor\":0,",
        "\"amountMinor\":-100,",
        "\"amountMinor\":-0,",
        "\"amountMinor\":0100,",
        "\"amountMinor\":+100,",
        "\"amountMinor\":0x64,",
        "\"amountMinor\":NaN,",
        "\"amountMinor\":true,",
        "\"amountMinor\":[100],",
        "\"amountMinor\":100,\"amountMinor\":100,",
        "\"amountMinor\":100,\"amountMinor\":200,"
      })
  void deposit_ofAnOddNumber_isRefusedAndNothingIsBooked(String amount)
      throws IOException, InterruptedException {
    AccountHolder holder = Lazy.HOLDER;
    long entries = entriesInBalancedBooks();
    String body = "{" + amount + "\"currency\":\"USD\"}";

    assertProblem(deposit(holder, body, UUID.randomUUID().toString()), 400);
    assertThat(office().postedMinor(holder.account())).isEqualTo(OPENING_MINOR);
    assertThat(entriesInBalancedBooks()).isEqualTo(entries);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"amountMinor\":1}",
        "{\"currency\":\"USD\"}",
        "{\"amountMinor\":1,\"currency\":\"usd\"}",
        "{\"amountMinor\":1,\"currency\":\"XXZ\"}",
        "{\"amountMinor\":1,\"currency\":\"USD\",\"note\":\"x\"}",
        "{\"amountMinor\":1,\"currency\":\"USD\",\"idempotencyKey\":\"odd\"}",
        "{\"amountMinor\":1,\"currency\":\"U\\u202eSD\"}"
      })
  void deposit_ofAnOddBody_isRefusedAndNothingIsBooked(String body)
      throws IOException, InterruptedException {
    assertProblem(deposit(Lazy.HOLDER, body, UUID.randomUUID().toString()), 400);
    assertThat(office().postedMinor(Lazy.HOLDER.account())).isEqualTo(OPENING_MINOR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "\"a", "a\"b"})
  void deposit_underAnOddKeyOrNone_isRefusedAndNothingIsBooked(String key)
      throws IOException, InterruptedException {
    String body = "{\"amountMinor\":1,\"currency\":\"USD\"}";
    assertProblem(deposit(Lazy.HOLDER, body, key), 400);
    assertProblem(send(deposit(Lazy.HOLDER, body)), 400);
    assertProblem(deposit(Lazy.HOLDER, body, "k".repeat(65)), 400);
    assertThat(office().postedMinor(Lazy.HOLDER.account())).isEqualTo(OPENING_MINOR);
  }

  @Test
  void deposit_withAKeyUsedBefore_isBookedOnceOrRefused() throws IOException, InterruptedException {
    AccountHolder holder = devices().fundedUser("Ursula Twice", OPENING_MINOR);
    String body = "{\"amountMinor\":500,\"currency\":\"USD\"}";
    HttpResponse<String> first = deposit(holder, body, "twice");
    HttpResponse<String> again = deposit(holder, body, "\"twice\"");

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(again.body()).isEqualTo(first.body());
    assertProblem(deposit(holder, body.replace("500", "501"), "twice"), 422);
    assertProblem(deposit(holder, body.replace("USD", "EUR"), "other"), 409);
    assertThat(office().postedMinor(holder.account())).isEqualTo(OPENING_MINOR + 500);
  }

  /** One account for all odd deposits: none of them changes it. */
  private static final class Lazy {
    static final AccountHolder HOLDER = devices().fundedUser("Ursula Odd", OPENING_MINOR);
  }

  private static HttpResponse<String> deposit(AccountHolder holder, String body, String key)
      throws IOException, InterruptedException {
    return send(deposit(holder, body).header("Idempotency-Key", key));
  }

  private static HttpRequest.Builder deposit(AccountHolder holder, String body) {
    return request(api("accounts/" + holder.account() + "/deposits"))
        .header("Content-Type", "application/json")
        .header("Authorization", office().clerk())
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }
}
