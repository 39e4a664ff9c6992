package org.tallystick.request;

import java.security.SecureRandom;
import java.time.Clock;
import org.tallystick.code.DeviceKeys;
import org.tallystick.crypto.Signer;
import org.tallystick.device.Aliases;
import org.tallystick.device.SequencerVault;

/**
 * What answering a request needs besides the database.
 *
 * @param consortium two letters
 * @param aliases opens the clear account field, gives fresh ones
 * @param deviceKeys of the devices
 * @param sequencers opens duplicate sequencers
 * @param rules by kind
 * @param challenges of the bank
 * @param answerKey signs replies
 * @param random for what looks like a reply
 * @param clock the bank's
 */
record RequestTools(
    String consortium,
    Aliases aliases,
    DeviceKeys deviceKeys,
    SequencerVault sequencers,
    RequestRules rules,
    Challenges challenges,
    Signer answerKey,
    SecureRandom random,
    Clock clock) {}
