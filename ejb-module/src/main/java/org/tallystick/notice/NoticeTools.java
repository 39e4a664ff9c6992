package org.tallystick.notice;

import java.security.SecureRandom;
import java.time.Clock;
import org.tallystick.crypto.Signer;
import org.tallystick.device.SequencerVault;

/**
 * What making notices needs besides the database.
 *
 * @param consortium two letters
 * @param sequencers opens and wraps duplicate sequencers, which hold the down chains
 * @param answerKey signs notices
 * @param random for salts
 * @param clock the bank's
 */
record NoticeTools(
    String consortium,
    SequencerVault sequencers,
    Signer answerKey,
    SecureRandom random,
    Clock clock) {}
