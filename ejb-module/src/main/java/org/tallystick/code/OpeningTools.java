package org.tallystick.code;

import java.time.Clock;
import java.util.function.Function;
import org.tallystick.crypto.Signer;
import org.tallystick.device.Aliases;
import org.tallystick.device.DeviceVault;
import org.tallystick.device.NewDeviceLimit;
import org.tallystick.device.SequencerVault;
import org.tallystick.party.Party;

/**
 * What opening needs besides the database.
 *
 * @param consortium two letters
 * @param aliases opens the clear account field
 * @param deviceKeys of the devices
 * @param sequencers opens and wraps duplicate sequencers
 * @param devices opens PIN verifiers
 * @param halves wraps what must not lie open
 * @param bindingValue account binding value of a party
 * @param newDeviceLimit what new devices may pay
 * @param termsLimitMinor what may be paid in terms mode, minor units; 0 for never
 * @param recoveryEpoch of the bank now
 * @param answerKey signs messages of progress
 * @param clock the bank's
 */
record OpeningTools(
    String consortium,
    Aliases aliases,
    DeviceKeys deviceKeys,
    SequencerVault sequencers,
    DeviceVault devices,
    HalfVault halves,
    Function<Party, byte[]> bindingValue,
    NewDeviceLimit newDeviceLimit,
    long termsLimitMinor,
    long recoveryEpoch,
    Signer answerKey,
    Clock clock) {}
