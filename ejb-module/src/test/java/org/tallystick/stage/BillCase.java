package org.tallystick.stage;

import org.tallystick.bill.Bill;
import org.tallystick.code.TestDevice;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestStatus;

/** Bills that may be lodged. */
abstract class BillCase extends AccountCase {
  RequestStatus lodge(TestDevice by, Bill left) {
    return status(by, new RequestArguments.Lodge(left.encode()));
  }
}
