package org.tallystick.device;

import org.tallystick.bill.Bill;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.bill.BillForms;
import org.tallystick.device.result.DeviceRefusal;
import org.tallystick.device.result.Refusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.HeldKeys;
import org.tallystick.format.SignatureRefusedException;

/**
 * Reads bills in every form and checks them off line.
 *
 * <p>Source: docs/PROTOCOL.md section 6, B1 to B7.
 */
final class BillReader {
  private BillReader() {}

  static Result<Bill.Checked> read(Core core, String qrOrJson) {
    HeldKeys keys = core.state().keys();
    if (keys == null) {
      return Result.refused("not-enrolled", "this device has no bank keys yet");
    }
    try {
      return Result.ok(BillForms.parse(qrOrJson).check(keys.set(), core.now()));
    } catch (SignatureRefusedException e) {
      return Result.refused("B2", "the provider's certificate does not hold");
    } catch (MalformedInputException e) {
      return Result.refused(refusedBill(e));
    } catch (IllegalArgumentException e) {
      return Result.refused("B1", "not a bill");
    }
  }

  private static Refusal refusedBill(MalformedInputException e) {
    String message = e.getMessage() == null ? "not a bill" : e.getMessage();
    String step = message.matches("B[1-7]: .*") ? message.substring(0, 2) : "B1";
    return new DeviceRefusal(message.contains("add up") ? "B5" : step, message);
  }
}
