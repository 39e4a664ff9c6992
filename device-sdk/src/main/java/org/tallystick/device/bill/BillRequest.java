package org.tallystick.device.bill;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.BillItem;
import org.tallystick.code.Conditions;
import org.tallystick.money.Money;

/**
 * What a till wants to be paid for.
 *
 * @param items in minor units of the tax's currency
 * @param tax whose currency is the bill's
 * @param tillLabel for people, or null
 * @param life of bill and half, at most 15 minutes
 * @param number that the bank drew, text, or null for the device's own
 * @param presence whether both answers are to show the same three digits
 * @param conditions limits, documents and consent asked
 * @param progress whether the bank is to tell that the half waits
 */
public record BillRequest(
    List<BillItem> items,
    Money tax,
    @Nullable String tillLabel,
    Duration life,
    @Nullable String number,
    boolean presence,
    Conditions conditions,
    boolean progress) {
  /** Life where nothing else is asked for. */
  public static final Duration STANDARD_LIFE = Duration.ofMinutes(5);

  /** Copies the items. */
  public BillRequest {
    items = List.copyOf(items);
  }

  /** A bill under the device's own number. */
  public BillRequest(List<BillItem> items, Money tax, @Nullable String tillLabel, Duration life) {
    this(items, tax, tillLabel, life, null, false, Conditions.NONE, false);
  }

  /** A bill of standard life without a till label. */
  public static BillRequest of(List<BillItem> items, Money tax) {
    return new BillRequest(items, tax, null, STANDARD_LIFE);
  }

  /** The same with conditions. */
  public BillRequest with(Conditions others) {
    return new BillRequest(items, tax, tillLabel, life, number, presence, others, progress);
  }

  /** The same with progress asked for. */
  public BillRequest withProgress() {
    return new BillRequest(items, tax, tillLabel, life, number, presence, conditions, true);
  }
}
