package org.tallystick.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tallystick.it.Problems.assertProblem;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    String body = "{" + amount + "\"currency\":\"USD\",\"idempotencyKey\":\"odd\"}";

    assertProblem(deposit(holder, body), 400);
    assertThat(office().postedMinor(holder.account())).isEqualTo(OPENING_MINOR);
    assertThat(entriesInBalancedBooks()).isEqualTo(entries);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"amountMinor\":1,\"idempotencyKey\":\"odd\"}",
        "{\"amountMinor\":1,\"currency\":\"usd\",\"idempotencyKey\":\"odd\"}",
        "{\"amountMinor\":1,\"currency\":\"XXZ\",\"idempotencyKey\":\"odd\"}",
        "{\"amountMinor\":1,\"currency\":\"USD\"}",
        "{\"amountMinor\":1,\"currency\":\"USD\",\"idempotencyKey\":\"\"}",
        "{\"amountMinor\":1,\"currency\":\"USD\",\"idempotencyKey\":\" \"}",
        "{\"amountMinor\":1,\"currency\":\"USD\",\"idempotencyKey\":\"odd\",\"note\":\"x\"}",
        "{\"amountMinor\":1,\"currency\":\"USD\",\"idempotencyKey\":\"a\\u202eb\"}"
      })
  void deposit_ofAnOddBody_isRefusedAndNothingIsBooked(String body)
      throws IOException, InterruptedException {
    assertProblem(deposit(Lazy.HOLDER, body), 400);
    assertThat(office().postedMinor(Lazy.HOLDER.account())).isEqualTo(OPENING_MINOR);
  }

  @Test
  void deposit_withAKeyUsedBefore_isBookedOnceOrRefused() throws IOException, InterruptedException {
    AccountHolder holder = devices().fundedUser("Ursula Twice", OPENING_MINOR);
    String body = "{\"amountMinor\":500,\"currency\":\"USD\",\"idempotencyKey\":\"twice\"}";
    HttpResponse<String> first = deposit(holder, body);
    HttpResponse<String> again = deposit(holder, body);

    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    assertProblem(deposit(holder, body.replace("500", "501")), 409);
    assertProblem(deposit(holder, body.replace("USD", "EUR").replace("twice", "other")), 409);
    assertThat(office().postedMinor(holder.account())).isEqualTo(OPENING_MINOR + 500);
  }

  /** One account for all odd deposits: none of them changes it. */
  private static final class Lazy {
    static final AccountHolder HOLDER = devices().fundedUser("Ursula Odd", OPENING_MINOR);
  }

  private static HttpResponse<String> deposit(AccountHolder holder, String body)
      throws IOException, InterruptedException {
    return send(
        request(api("accounts/" + holder.account() + "/deposits"))
            .header("Content-Type", "application/json")
            .header("Authorization", office().clerk())
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }
}
